package dev.sluice.broker.log;

import dev.sluice.broker.BrokerConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.CleanerConfig;
import org.apache.kafka.storage.internals.log.LogCleaner;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's cleaner of compacted topics, started when the first of them has more than its active segment, because only
 * closed segments are ever cleaned. Until then its threads and buffers need not be there.
 */
final class Compaction {
    private final BrokerConfig config;
    private final LogDirectory directory;
    private final ConcurrentMap<TopicPartition, UnifiedLog> logs;
    private final DirectoryFailure failure;
    private final Time time;
    /** Guarded by this: the scheduler starts it, log threads of deleted partitions and the shutdown ask for it. */
    private @Nullable LogCleaner cleaner;

    Compaction(
            BrokerConfig config,
            LogDirectory directory,
            ConcurrentMap<TopicPartition, UnifiedLog> logs,
            DirectoryFailure failure,
            Time time) {
        this.config = config;
        this.directory = directory;
        this.logs = logs;
        this.failure = failure;
        this.time = time;
    }

    synchronized void startIfNeeded() {
        boolean isNeeded = config.cleaner().isEnabled()
                && logs.values().stream().anyMatch(log -> log.config().compact && log.numberOfSegments() > 1);
        if (cleaner == null && isNeeded) {
            cleaner = new LogCleaner(kafkaConfig(), List.of(directory.path().toFile()), logs, failure, time);
            cleaner.startup();
        }
    }

    synchronized boolean isRunning() {
        return cleaner != null;
    }

    synchronized int deadThreadCount() {
        return cleaner == null ? 0 : cleaner.deadThreadCount();
    }

    private CleanerConfig kafkaConfig() {
        BrokerConfig.Cleaner ours = config.cleaner();
        return new CleanerConfig(
                ours.threadCount(),
                ours.dedupeBytes(),
                ours.loadFactor(),
                ours.ioBytes(),
                config.batchBytesMax(),
                config.cleanerBytesPerSecondMax(),
                ours.backoffMillis(),
                true);
    }

    /** Does work on the partitions whose segments retention may delete while no cleaner touches them. */
    synchronized void withRetainable(BiConsumer<TopicPartition, UnifiedLog> work) {
        if (cleaner == null) {
            logs.forEach(work);
            return;
        }
        Map<TopicPartition, UnifiedLog> paused = cleaner.pauseCleaningForNonCompactedPartitions();
        try {
            paused.forEach(work);
        } finally {
            cleaner.resumeCleaning(paused.keySet());
        }
    }

    /** Stops cleaning a partition, which is out of the map of logs already. */
    synchronized void forget(TopicPartition partition) {
        if (cleaner != null) {
            cleaner.abortCleaning(partition);
            cleaner.updateCheckpoints(directory.path().toFile(), Optional.of(partition));
        }
    }

    synchronized void stop() {
        if (cleaner != null) {
            cleaner.shutdown();
            cleaner = null;
        }
    }
}
