package dev.sluice.broker.log;

import dev.sluice.broker.BrokerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the log of a partition: after a clean shutdown without a scan, else with Kafka's recovery, which checks every
 * batch behind the recovery point, cuts at the first bad one and builds the indexes anew. Runs on log threads.
 */
final class PartitionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionOpener.class);
    private static final int PRODUCER_EXPIRATION_CHECK_MILLIS = 600_000;

    private final LogDirectory directory;
    private final BrokerConfig config;
    private final Scheduler scheduler;
    private final Time time;
    private final DirectoryFailure failure;
    private final BrokerTopicStats stats = new BrokerTopicStats();
    private final ProducerStateManagerConfig producers;
    private final Map<TopicPartition, Long> recoveryPoints;
    private final Map<TopicPartition, Long> startOffsets;

    PartitionOpener(
            LogDirectory directory, BrokerConfig config, Scheduler scheduler, Time time, DirectoryFailure failure) {
        this.directory = directory;
        this.config = config;
        this.scheduler = scheduler;
        this.time = time;
        this.failure = failure;
        producers = new ProducerStateManagerConfig(config.producerExpirationMillis(), false);
        recoveryPoints = directory.recoveryPoints().read();
        startOffsets = directory.startOffsets().read();
    }

    /** Opens a partition that may be on disk already. */
    UnifiedLog openExisting(TopicPartition partition, Uuid topicId, LogConfig logConfig) throws IOException {
        Path folder = directory.path().resolve(UnifiedLog.logDirName(partition));
        boolean isThere = Files.isDirectory(folder);
        if (!isThere) {
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .log("the folder of the partition is missing; it starts empty");
        }
        FolderCheck.repair(folder, topicId, logConfig.indexInterval);
        boolean isClean = directory.wasShutDownCleanly() && isThere;
        TailCheck before = isClean ? TailCheck.NONE : TailCheck.of(folder, !logConfig.compact);
        UnifiedLog log = open(
                folder,
                topicId,
                logConfig,
                startOffsets.getOrDefault(partition, 0L),
                recoveryPoints.getOrDefault(partition, 0L),
                isClean);
        before.report(partition, log.size(), log.logEndOffset());
        return log;
    }

    /** Makes a new partition. */
    UnifiedLog create(TopicPartition partition, Uuid topicId, LogConfig logConfig) throws IOException {
        Path folder = directory.path().resolve(UnifiedLog.logDirName(partition));
        return open(folder, topicId, logConfig, 0, 0, true);
    }

    private UnifiedLog open(
            Path folder, Uuid topicId, LogConfig logConfig, long startOffset, long recoveryPoint, boolean isClean)
            throws IOException {
        UnifiedLog log = UnifiedLog.create(
                folder.toFile(),
                logConfig,
                startOffset,
                recoveryPoint,
                scheduler,
                stats,
                time,
                config.transactions().timeoutMillisMax(),
                producers,
                PRODUCER_EXPIRATION_CHECK_MILLIS,
                failure,
                isClean,
                Optional.of(topicId));
        // A single node has nobody to wait for: all that survived can be read.
        log.updateHighWatermark(log.logEndOffset());
        return log;
    }
}
