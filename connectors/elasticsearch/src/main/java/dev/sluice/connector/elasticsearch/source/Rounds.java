package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.elasticsearch.client.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Begins a round whenever it is time and there is something new, and keeps the positions of all shards between rounds. */
final class Rounds {
    private final Cluster cluster;
    private final SourceConfig config;
    private final Share share;
    private final SourceTaskContext context;
    private final Catalog catalog;
    private final Order order;
    private final Records records;
    private final PageSize size;
    private final LoadProgress progress;
    private final Ripening ripening;
    private final Map<Map<String, Object>, Position> positions = new HashMap<>();
    private @Nullable Round round;
    private long nextNanos = System.nanoTime();
    private boolean ended;

    Rounds(Cluster cluster, SourceConfig config, Share share, SourceTaskContext context) {
        this.cluster = cluster;
        this.config = config;
        this.share = share;
        this.context = context;
        this.catalog = new Catalog(cluster, config.targets());
        this.order = config.follow() == Follow.FIELD
                ? new FieldOrder(
                        catalog, Objects.requireNonNull(config.followField(), "checked by a rule"), config.lag())
                : new SeqNoOrder();
        this.records = new Records(config, order);
        this.size = new PageSize(config.documentsMax(), config.bytesMax());
        this.progress = new LoadProgress(String.join(",", config.targets()), context);
        this.ripening = new Ripening(config.lag());
    }

    /** Returns the round that is under way or begins now; null if it is not time yet. */
    @Nullable
    Round current() throws IOException {
        if (round == null && !ended && restMillis() <= 0) {
            round = begin();
        }
        return round;
    }

    /** Returns the time until the next look; 0, never less, once it is over. */
    long restMillis() {
        return ended ? Long.MAX_VALUE : Math.max(0, TimeUnit.NANOSECONDS.toMillis(nextNanos - System.nanoTime()));
    }

    void finish() {
        round = null;
        nextNanos = System.nanoTime() + config.interval().toNanos();
    }

    private Round begin() throws IOException {
        List<Shard> all = catalog.shards().stream().filter(share::has).toList();
        ended = config.follow() == Follow.NONE && hasCaughtUp(all);
        // Invariant: the checkpoints are asked for first, then comes the refresh that shows what lies before them.
        List<Shard> safe = config.refreshes() ? all : ripening.ripe(all, System.nanoTime());
        List<Shard> behind = safe.stream()
                .filter(shard -> order.mayHaveMore(shard, position(shard)))
                .toList();
        if (config.refreshes() && !behind.isEmpty()) {
            TreeSet<String> indices = new TreeSet<>();
            behind.forEach(shard -> indices.add(shard.index()));
            catalog.refresh(indices);
        }
        if (config.follow() != Follow.FIELD) {
            progress.begin(behind);
        }
        List<ShardReader> readers = new ArrayList<>();
        behind.forEach(
                shard -> readers.add(new ShardReader(cluster, catalog, config, order, size, shard, position(shard))));
        return new Round(readers);
    }

    /** What changed while it was read lies behind the first round; so a job ends with the first look that finds nothing. */
    private boolean hasCaughtUp(List<Shard> all) {
        return !all.isEmpty() && all.stream().noneMatch(shard -> order.mayHaveMore(shard, position(shard)));
    }

    private Position position(Shard shard) {
        Position known = positions.get(shard.partition());
        if (known == null) {
            known = stored(shard);
        }
        if (known.isOfAnother(shard)) {
            known = order.again(shard, known);
        }
        positions.put(shard.partition(), known);
        return known;
    }

    private Position stored(Shard shard) {
        Map<String, @Nullable Object> offset = context.offsets().offset(shard.partition());
        if (offset == null) {
            return Position.start(shard);
        }
        try {
            return Position.of(offset);
        } catch (IllegalArgumentException wrong) {
            throw new ConnectorException(
                    "Cannot go on with shard " + shard + " from its stored offset: " + wrong.getMessage()
                            + ". Reset the connector's offsets to read it from its beginning.",
                    wrong);
        }
    }

    /** Returns the next records of a shard. */
    List<SourceRecord> records(ShardReader reader) throws IOException {
        List<SourceRecord> made = new ArrayList<>();
        for (Hit hit : reader.next()) {
            made.add(records.record(reader.shard(), hit));
        }
        progress.report(reader.shard(), reader.position());
        return made;
    }

    /** Keeps a position for the next round; returns whether it is another than before. */
    boolean keep(Shard shard, Position position) {
        return !position.equals(positions.put(shard.partition(), position));
    }
}
