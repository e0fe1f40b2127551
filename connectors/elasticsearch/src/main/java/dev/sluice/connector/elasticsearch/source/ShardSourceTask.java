package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.ClusterConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the shards of its share in rounds. */
public final class ShardSourceTask implements SourceTask {
    /** A poll waits this long at most, and reacts to interruption meanwhile. */
    private static final Duration WAIT_MAX = Duration.ofMillis(500);

    private @Nullable Cluster cluster;
    private @Nullable Rounds rounds;
    private @Nullable SourceTaskContext context;
    private @Nullable SourcePosition passed;

    /** Creates a task that is not started. */
    public ShardSourceTask() {}

    @Override
    public void start(SourceTaskContext taskContext, Config config) {
        Cluster connected = Cluster.of(ClusterConfig.of(config));
        cluster = connected;
        context = taskContext;
        rounds = new Rounds(connected, SourceConfig.of(config), Share.of(config), taskContext);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        Rounds reading = Objects.requireNonNull(rounds, "poll follows start");
        storePassed();
        try {
            Round round = reading.current();
            if (round == null) {
                // A poll may wait for something to come if it reacts to interruption, which ends this pause.
                Thread.sleep(Math.min(WAIT_MAX.toMillis(), reading.restMillis()));
                return List.of();
            }
            return read(reading, round);
        } catch (InterruptedIOException asked) {
            throw (InterruptedException) new InterruptedException("Interrupted while reading.").initCause(asked);
        } catch (IOException failed) {
            throw Catalog.unanswered("read documents", failed);
        }
    }

    /**
     * Stores that a stretch held nothing of interest, so that it is not searched again after a restart. In the poll after the one that
     * found out: the records of that one come before.
     */
    private void storePassed() {
        SourcePosition storing = passed;
        if (storing != null) {
            passed = null;
            Objects.requireNonNull(context, "poll follows start").advance(storing);
        }
    }

    private List<SourceRecord> read(Rounds reading, Round round) throws IOException {
        ShardReader reader = round.current();
        if (reader == null) {
            reading.finish();
            return List.of();
        }
        List<SourceRecord> records = reading.records(reader);
        Position position = reader.position();
        boolean hasMoved = reading.keep(reader.shard(), position);
        boolean isStored = !records.isEmpty()
                && records.get(records.size() - 1).position().offset().equals(position.offset());
        if (hasMoved && !isStored) {
            passed = new SourcePosition(reader.shard().partition(), position.offset());
        }
        return records;
    }

    @Override
    public void stop() {
        rounds = null;
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }
}
