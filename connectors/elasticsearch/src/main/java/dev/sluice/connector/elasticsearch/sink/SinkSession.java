package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.bulk.BulkItem;
import dev.sluice.connector.elasticsearch.bulk.BulkListener;
import dev.sluice.connector.elasticsearch.bulk.BulkMetrics;
import dev.sluice.connector.elasticsearch.bulk.BulkWriter;
import dev.sluice.connector.elasticsearch.bulk.ItemResult;
import dev.sluice.connector.elasticsearch.bulk.Trouble;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.document.DocumentWriter;
import dev.sluice.connector.elasticsearch.document.Outcome;
import dev.sluice.connector.elasticsearch.sink.OffsetTracker.Tracked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a started sink task works with. Belongs to the task's thread; nothing happens between the runtime's calls but that answers of
 * the cluster gather.
 *
 * <p>A put takes all of its records or, by an exception, none. It hands them over and returns; where the cluster is slower than the
 * log, it waits a moment, and then lets the runtime pause the partitions. While something is unfinished the runtime flushes each moment,
 * which is when the rest goes on. A cluster that takes nothing for some seconds is told to the runtime by a {@link RetriableException},
 * so that the status shows it.
 */
public final class SinkSession implements BulkListener<Tracked> {
    private static final Duration PUT_WAIT = Duration.ofSeconds(2);
    private static final Duration FLUSH_WAIT = Duration.ofSeconds(2);
    private static final Duration BUSY_FLUSH_WAIT = Duration.ofMillis(300);
    private static final Duration SYNCHRONOUS_WAIT = Duration.ofSeconds(10);
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    /** A flush so soon after a put is one of a busy task. */
    private static final long BUSY_NANOS = Duration.ofMillis(100).toNanos();
    /** Records that may be held because one before them is not finished, as a multiple of those that may be unfinished. */
    private static final int HELD_FACTOR = 10;

    private final SinkTaskContext context;
    private final SinkConfig config;
    private final Cluster cluster;
    private final DocumentWriter documents;
    private final DocumentWriter renderer;
    private final BulkWriter<Tracked> writer;
    private final OffsetTracker tracker = new OffsetTracker();
    private final Errants errants;
    private boolean isPaused;
    private long lastPutNanos;
    private Map<TopicPartition, Long> lastSafe = Map.of();

    private SinkSession(SinkTaskContext context, SinkConfig config) {
        this.context = context;
        this.config = config;
        this.errants = new Errants(config.documents(), context.errantRecords());
        BulkMetrics metrics = new BulkMetrics(context.metrics());
        // It has threads, so it comes after all that may fail.
        this.cluster = Cluster.of(config.cluster());
        this.documents = DocumentWriter.of(config.documents(), cluster);
        this.renderer = DocumentWriter.forRendering(config.documents());
        this.writer = new BulkWriter<>(
                config.bulk(),
                new ClusterTransport(cluster, config.cluster().transport().readTimeout()),
                this,
                metrics,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        this.lastPutNanos = System.nanoTime() - BUSY_NANOS;
    }

    /** Starts a session; connects when there is something to do. */
    public static SinkSession start(SinkTaskContext context, Config settings) {
        return new SinkSession(context, SinkConfig.of(settings));
    }

    /** Takes records, and sends what fills requests. */
    public void put(List<SinkRecord> records) {
        writer.pump();
        resumeIfThereIsRoom();
        if (records.isEmpty()) {
            return;
        }
        waitForRoom(PUT_WAIT);
        requireNoTrouble();
        List<Outcome> outcomes = outcomes(records);
        long deadline = System.nanoTime() + PUT_WAIT.toNanos();
        for (Outcome outcome : outcomes) {
            waitForRoom(Duration.ofNanos(deadline - System.nanoTime()));
            take(outcome);
        }
        writer.pump();
        pauseIfFull();
        lastPutNanos = System.nanoTime();
    }

    /** Makes operations of all records before the first is taken: what is thrown here is thrown before anything was done. */
    private List<Outcome> outcomes(List<SinkRecord> records) {
        List<Outcome> outcomes = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            Outcome outcome = documents.write(record);
            if (outcome instanceof Outcome.Refused refused && !errants.takesInvalid()) {
                throw refused.reason();
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private void take(Outcome outcome) {
        Tracked tracked = tracker.begin(outcome.record());
        if (outcome instanceof Outcome.Item made) {
            BulkItem<SinkRecord> item = made.item();
            writer.add(new BulkItem<>(item.document(), item.isVersioned(), item.lines(), tracked));
            return;
        }
        if (outcome instanceof Outcome.Refused refused) {
            errants.onInvalid(refused.record(), refused.reason());
        }
        tracker.done(tracked);
    }

    private void waitForRoom(Duration max) {
        if (writer.hasRoom()) {
            return;
        }
        long deadline = System.nanoTime() + max.toNanos();
        for (long left = max.toNanos(); left > 0 && !writer.hasRoom(); left = deadline - System.nanoTime()) {
            writer.await(Duration.ofNanos(left));
        }
    }

    private void requireNoTrouble() {
        Trouble trouble = writer.hasRoom() ? null : writer.trouble();
        if (trouble != null) {
            throw RetriableException.after(RETRY_PAUSE, trouble.message(), null);
        }
    }

    private boolean holdsTooMany(int factor) {
        return tracker.held() > (long) factor * config.bulk().bufferedItemsMax();
    }

    private void pauseIfFull() {
        if (!isPaused && (!writer.hasRoom() || holdsTooMany(HELD_FACTOR))) {
            isPaused = true;
            context.pause(context.assignment());
        }
    }

    private void resumeIfThereIsRoom() {
        if (isPaused && writer.hasMuchRoom() && !holdsTooMany(HELD_FACTOR / 2)) {
            isPaused = false;
            context.resume(context.assignment());
        }
    }

    /** Sends what is left, waits a moment, and returns how far everything is finished. */
    public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
        writer.pump();
        waitForAll(flushWait());
        resumeIfThereIsRoom();
        Map<TopicPartition, Long> safe = tracker.safe(offsets);
        Trouble trouble = safe.equals(lastSafe) ? writer.trouble() : null;
        lastSafe = safe;
        if (trouble != null) {
            throw new RetriableException(trouble.message());
        }
        return safe;
    }

    private Duration flushWait() {
        if (config.isFlushSynchronous()) {
            return SYNCHRONOUS_WAIT;
        }
        return System.nanoTime() - lastPutNanos < BUSY_NANOS ? BUSY_FLUSH_WAIT : FLUSH_WAIT;
    }

    private void waitForAll(Duration max) {
        long deadline = System.nanoTime() + max.toNanos();
        for (long left = max.toNanos(); left > 0 && writer.unfinished() > 0; left = deadline - System.nanoTime()) {
            writer.await(Duration.ofNanos(left));
        }
    }

    @Override
    public void onDone(Tracked tracked) {
        tracker.done(tracked);
    }

    @Override
    public void onConflict(Tracked tracked, ItemResult result) {
        errants.onConflict(tracked.record(), result);
        tracker.done(tracked);
    }

    @Override
    public void onRefused(Tracked tracked, ItemResult result) {
        errants.onMalformed(tracked.record(), result);
        tracker.done(tracked);
    }

    /** Returns what {@link #put} would send. */
    public List<RenderedWrite> render(List<SinkRecord> records) {
        List<RenderedWrite> writes = new ArrayList<>();
        for (SinkRecord record : records) {
            if (renderer.write(record) instanceof Outcome.Item item) {
                writes.add(item.rendered());
            }
        }
        return writes;
    }

    /** Takes partitions up; they wait with the others where there is no room. */
    public void open(Collection<TopicPartition> partitions) {
        if (isPaused) {
            context.pause(partitions);
        }
    }

    /**
     * Lets partitions go, once what is under way came in; but not for long. The others go on: if what takes the room is of those that
     * go, no flush would come any more to find that there is some again. The next put pauses them anew if it must.
     */
    public void close(Collection<TopicPartition> partitions) {
        waitForAll(LAST_WAIT);
        tracker.forget(partitions);
        if (isPaused) {
            isPaused = false;
            context.resume(context.assignment());
        }
    }

    /** Closes the connections, once the requests in flight were answered; but not for long. */
    public void stop() {
        writer.settle(LAST_WAIT);
        cluster.close();
    }
}
