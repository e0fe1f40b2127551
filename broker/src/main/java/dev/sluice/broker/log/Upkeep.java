package dev.sluice.broker.log;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The periodic work on all partitions: retention, fsync, checkpoints, and starting the cleaner when there is something
 * to clean. Runs on the scheduler's threads, under each log's own lock; a failed directory gets no more of it.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** How often topics with {@code flush.ms} are looked at where the server does not say. */
    private static final long FLUSH_CHECK_MILLIS = 1_000;

    private final LogDirectory directory;
    private final BrokerConfig config;
    private final Scheduler scheduler;
    private final Time time;
    private final DirectoryFailure failure;
    private final ConcurrentMap<TopicPartition, UnifiedLog> logs;
    private final Compaction compaction;

    Upkeep(
            LogDirectory directory,
            BrokerConfig config,
            Scheduler scheduler,
            Time time,
            DirectoryFailure failure,
            ConcurrentMap<TopicPartition, UnifiedLog> logs) {
        this.directory = directory;
        this.config = config;
        this.scheduler = scheduler;
        this.time = time;
        this.failure = failure;
        this.logs = logs;
        compaction = new Compaction(config, directory, logs, failure, time);
    }

    void start() {
        every(config.retentionCheckMillis(), "retention", this::retain);
        every(config.cleaner().backoffMillis(), "cleaner-start", this::clean);
        every(config.flushCheckMillis().orElse(FLUSH_CHECK_MILLIS), "flush", this::flushDue);
        every(config.recoveryCheckpointMillis(), "recovery-points", this::writeRecoveryPoints);
        every(config.startCheckpointMillis(), "start-offsets", this::writeStartOffsets);
    }

    void every(long periodMillis, String name, Runnable work) {
        var unused = scheduler.schedule(
                name,
                () -> {
                    if (failure.reason().isEmpty()) {
                        work.run();
                    }
                },
                periodMillis,
                periodMillis);
    }

    /** Deletes old segments; those of compacted topics are the cleaner's once it runs. */
    void retain() {
        compaction.withRetainable((partition, log) -> {
            try {
                int deleted = log.deleteOldSegments();
                if (deleted > 0) {
                    LOG.atInfo()
                            .addKeyValue("topic", partition.topic())
                            .addKeyValue("partition", partition.partition())
                            .addKeyValue("segments", deleted)
                            .addKeyValue("startOffset", log.logStartOffset())
                            .log("deleted old segments");
                }
            } catch (IOException | KafkaStorageException e) {
                BrokerException unused = failure.report("deleting old segments of " + partition + " failed", e);
            }
        });
    }

    void clean() {
        compaction.startIfNeeded();
    }

    void flushDue() {
        logs.forEach((partition, log) -> {
            if (time.milliseconds() - log.lastFlushTime() >= log.config().flushMs) {
                log.flush(false);
            }
        });
    }

    void writeRecoveryPoints() {
        Map<TopicPartition, Long> points = new HashMap<>();
        logs.forEach((partition, log) -> points.put(partition, log.recoveryPoint()));
        write(directory.recoveryPoints(), points);
    }

    void writeStartOffsets() {
        write(directory.startOffsets(), movedStarts(logs.values()));
    }

    private void write(Checkpoint checkpoint, Map<TopicPartition, Long> offsets) {
        try {
            checkpoint.write(offsets);
        } catch (IOException e) {
            BrokerException unused = failure.report("writing a checkpoint failed", e);
        }
    }

    /** Only starts inside a segment need writing down; the others are those of the first segment. */
    static Map<TopicPartition, Long> movedStarts(Collection<UnifiedLog> logs) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (UnifiedLog log : logs) {
            if (log.logStartOffset() > log.logSegments().get(0).baseOffset()) {
                starts.put(log.topicPartition(), log.logStartOffset());
            }
        }
        return starts;
    }

    boolean isCleanerRunning() {
        return compaction.isRunning();
    }

    int deadCleanerThreads() {
        return compaction.deadThreadCount();
    }

    /** Stops cleaning a partition that is about to be deleted. */
    void forget(TopicPartition partition) {
        compaction.forget(partition);
    }

    /** Ends the cleaner; the scheduler is stopped before. */
    void stop() {
        compaction.stop();
    }
}
