package dev.sluice.broker.log;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.metrics.Histogram;
import dev.sluice.broker.metrics.MetricSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open partitions, and the threads that serve them. Opening, creating and deleting run on the log thread of the
 * partition; the topic catalog calls them one after another.
 */
public final class PartitionLogs {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionLogs.class);
    private static final int LOG_THREADS_MAX = 4;
    private static final int READ_THREADS = 4;
    private static final int SCHEDULER_THREADS = 2;
    private static final long STOP_MILLIS_MAX = 30_000;

    private final LogDirectory directory;
    private final LogConfigs configs;
    private final DirectoryFailure failure;
    private final List<LogThread> threads = new ArrayList<>();
    private final Readers readers;
    private final KafkaScheduler scheduler = new KafkaScheduler(SCHEDULER_THREADS, true, "log-scheduler-");
    private final BatchBounds bounds;
    private final PartitionOpener opener;
    private final Upkeep upkeep;
    private final LogMetrics metrics;
    private final TransactionGate gate = new TransactionGate();
    /** The same partitions twice: once for us, once in the form that Kafka's cleaner wants. */
    private final ConcurrentMap<TopicPartition, UnifiedPartitionLog> partitions = new ConcurrentHashMap<>();

    private final ConcurrentMap<TopicPartition, UnifiedLog> unifiedLogs = new ConcurrentHashMap<>();

    private PartitionLogs(LogDirectory directory, BrokerConfig config, LogConfigs configs, Clock clock) {
        this.directory = directory;
        this.configs = configs;
        failure = new DirectoryFailure(directory.path());
        Histogram queued = new Histogram();
        int threadCount = Math.min(LOG_THREADS_MAX, Runtime.getRuntime().availableProcessors());
        for (int number = 0; number < threadCount; number++) {
            threads.add(new LogThread(number, config.queuedRequestsMax(), config.queuedBytesMax(), queued));
        }
        readers = new Readers(READ_THREADS, config.queuedRequestsMax());
        bounds = new BatchBounds(config.batchRecordsMax(), config.batchUncompressedBytesMax());
        Time time = new ClockTime(clock);
        scheduler.startup();
        opener = new PartitionOpener(directory, config, scheduler, time, failure);
        upkeep = new Upkeep(directory, config, scheduler, time, failure, unifiedLogs);
        metrics = new LogMetrics(partitions, upkeep, failure, queued);
    }

    /**
     * Starts the threads; opens no partition yet.
     *
     * @param directory the locked data directory
     * @param config the settings
     * @param configs the topic settings
     * @param clock tells the time of retention and of time stamps
     * @return no partitions yet
     */
    public static PartitionLogs start(LogDirectory directory, BrokerConfig config, LogConfigs configs, Clock clock) {
        // Registering five beans per partition costs more than opening it; metrics of ours do not go through JMX.
        KafkaYammerMetrics.INSTANCE.configure(Map.of("metrics.jmx.exclude", ".*"));
        return new PartitionLogs(directory, config, configs, clock);
    }

    /** Begins periodic work, once all partitions are open. */
    public void startUpkeep() {
        forgetGonePartitions();
        upkeep.start();
    }

    /**
     * Names who knows the open transactions; until then all transactional batches are refused.
     *
     * @param open asked on log threads for each transactional batch
     */
    public void trust(OpenTransactions open) {
        gate.trust(open);
    }

    /** Returns who knows the open transactions. */
    public OpenTransactions openTransactions() {
        return gate.open();
    }

    /**
     * Does work again and again, until the logs are closed or fail.
     *
     * @param name what it is, for the name of the thread
     * @param periodMillis the time between two runs, and before the first
     * @param work the work, which must be short
     */
    public void every(String name, long periodMillis, Runnable work) {
        upkeep.every(periodMillis, name, work);
    }

    private void forgetGonePartitions() {
        try {
            directory.forgetOthers(unifiedLogs.keySet());
        } catch (IOException e) {
            throw failure.report("writing a checkpoint failed", e);
        }
    }

    /** Removes the marker of a clean shutdown; call it before the first partition is opened. */
    public void beginWriting() {
        try {
            directory.removeDeletedFolders();
            directory.beginWriting();
        } catch (IOException e) {
            throw LogDirectory.unusable(directory.path(), e);
        }
    }

    /**
     * Opens a partition that the catalog knows.
     *
     * @param partition the partition
     * @param topicId the id of its topic
     * @param settings what the topic sets
     * @return the log
     */
    public CompletableFuture<PartitionLog> open(TopicPartition partition, Uuid topicId, Map<String, String> settings) {
        return add(partition, settings, () -> opener.openExisting(partition, topicId, configs.of(settings)));
    }

    /**
     * Makes a new partition.
     *
     * @param partition the partition
     * @param topicId the id of its topic
     * @param settings what the topic sets
     * @return the log
     */
    public CompletableFuture<PartitionLog> create(
            TopicPartition partition, Uuid topicId, Map<String, String> settings) {
        return add(partition, settings, () -> {
            failure.check();
            return opener.create(partition, topicId, configs.of(settings));
        });
    }

    private CompletableFuture<PartitionLog> add(TopicPartition partition, Map<String, String> settings, OpenStep step) {
        LogThread thread = threadOf(partition);
        return thread.submit(0, () -> {
            UnifiedLog log = openOrExplain(partition, step);
            UnifiedPartitionLog added = new UnifiedPartitionLog(log, thread, readers, failure, bounds, metrics, gate);
            added.setSynced(configs.areSynced(settings));
            unifiedLogs.put(partition, log);
            partitions.put(partition, added);
            return added;
        });
    }

    private UnifiedLog openOrExplain(TopicPartition partition, OpenStep step) {
        try {
            return step.open();
        } catch (IOException | KafkaStorageException e) {
            throw new BrokerException.DirectoryUnusable(
                    "Cannot open partition " + partition + " in " + directory.path() + ": " + e.getMessage()
                            + ". Check permissions and free space.",
                    e);
        }
    }

    private LogThread threadOf(TopicPartition partition) {
        return threads.get(Math.floorMod(partition.hashCode(), threads.size()));
    }

    /**
     * Finds an open partition.
     *
     * @param partition the partition
     * @return its log; empty where there is none
     */
    public Optional<PartitionLog> find(TopicPartition partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /**
     * Does work on a reader thread, where the reading methods of {@link PartitionLog} do not wait for one: a caller that
     * reads several partitions hops once.
     *
     * @param work the reads
     * @param <T> what they give
     * @return completes on the reader thread; fails with {@code Overloaded} where too many wait
     */
    public <T> CompletableFuture<T> onReader(Callable<T> work) {
        return readers.submit(work);
    }

    /**
     * Applies changed settings to an open partition.
     *
     * @param partition the partition
     * @param settings all that the topic sets now
     */
    public void reconfigure(TopicPartition partition, Map<String, String> settings) {
        UnifiedPartitionLog open = partitions.get(partition);
        if (open != null) {
            open.setSynced(configs.areSynced(settings));
            UnifiedLog log = open.log();
            LOG.atDebug()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("before", log.updateConfig(configs.of(settings)))
                    .log("settings of the partition changed");
        }
    }

    /**
     * Takes a partition away: at once for readers and writers; its folder is renamed now and removed after
     * {@code file.delete.delay.ms}, so that reads under way can end.
     *
     * @param partition the partition
     * @return done when the folder is renamed
     */
    public CompletableFuture<Void> delete(TopicPartition partition) {
        return threadOf(partition).submit(0, () -> {
            failure.check();
            UnifiedPartitionLog removed = partitions.remove(partition);
            if (removed != null) {
                unifiedLogs.remove(partition);
                removed.markDeleted();
                metrics.forget(partition.topic());
                moveAway(removed.log());
            }
            return null;
        });
    }

    private void moveAway(UnifiedLog log) {
        upkeep.forget(log.topicPartition());
        forgetGonePartitions();
        log.renameDir(UnifiedLog.logDeleteDirName(log.topicPartition()), false);
        var unused = scheduler.scheduleOnce("delete-partition", log::delete, log.config().fileDeleteDelayMs);
    }

    /**
     * Moves folders of a topic out of the way whose deletion was cut short by a crash.
     *
     * @param topic the name
     * @param topicId the id of the deleted topic; folders of another topic of that name stay
     */
    public void finishDeletion(String topic, Uuid topicId) {
        directory.partitionFolders().forEach((partition, folder) -> {
            boolean isOurs = partition.topic().equals(topic)
                    && PartitionFolders.topicId(folder).filter(topicId::equals).isPresent();
            if (isOurs) {
                PartitionFolders.remove(folder);
            }
        });
    }

    /**
     * Returns topics whose folders are in the directory, with the highest partition number and the id, if one is found.
     *
     * @return topics by name
     */
    public Map<String, FoundTopic> topicsOnDisk() {
        return FoundTopic.in(directory.partitionFolders());
    }

    /**
     * Whether a folder for the partition is in the way.
     *
     * @param partition the partition
     * @return true if the folder exists
     */
    public boolean hasFolder(TopicPartition partition) {
        return Files.exists(folder(partition));
    }

    private Path folder(TopicPartition partition) {
        return directory.path().resolve(UnifiedLog.logDirName(partition));
    }

    /**
     * Notes that the data directory failed: nothing is written any more.
     *
     * @param what what was tried
     * @param cause what the system said
     * @return what to throw
     */
    public BrokerException failed(String what, IOException cause) {
        return failure.report(what, cause);
    }

    /** Throws if the data directory has failed. */
    public void checkWritable() {
        failure.check();
    }

    /** Why nothing can be written any more, if so. */
    public Optional<BrokerException> failure() {
        return failure.reason().map(reason -> reason);
    }

    /** Returns the metrics of topics and partitions. */
    public MetricSource metrics() {
        return metrics;
    }

    /** Returns what brings appends to the disk; for tests that hold it. */
    Syncs syncs() {
        return metrics.syncs();
    }

    /** Finishes all appends, fsyncs, writes the checkpoints and the marker of a clean shutdown. */
    public void close() {
        new ShutDown(directory, failure, upkeep).run(List.copyOf(partitions.values()), threads, readers, scheduler);
    }

    /** Gives up an opening that failed: ends all threads and writes nothing, so that the next open checks everything. */
    public void abandon() {
        failure.quietly();
        close();
    }

    /** How long each part of the shutdown may take. */
    static long stopMillisMax() {
        return STOP_MILLIS_MAX;
    }

    /** Runs one step of periodic work at once; for tests with a clock of their own. */
    Upkeep upkeep() {
        return upkeep;
    }

    @FunctionalInterface
    private interface OpenStep {
        UnifiedLog open() throws IOException;
    }
}
