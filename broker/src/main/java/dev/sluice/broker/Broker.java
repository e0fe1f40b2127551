package dev.sluice.broker;

import dev.sluice.broker.group.GroupOffsets;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.group.KafkaGroups;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.LogConfigs;
import dev.sluice.broker.log.LogDirectory;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.metrics.Metrics;
import dev.sluice.broker.metrics.ProcessMetrics;
import dev.sluice.broker.quota.Quotas;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.transaction.ProducerIds;
import dev.sluice.broker.transaction.TransactionCoordinator;
import dev.sluice.broker.transaction.TransactionService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in broker: topics of durable, ordered partitions in one data directory, in Apache Kafka's file format, used
 * from inside this process. Any thread may call it; what blocks says so.
 *
 * <p>{@link #open} blocks while it reads the directory, {@link #close} while it writes it out: no event loop for these.
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final LogDirectory directory;
    private final PartitionLogs logs;
    private final TopicCatalog topics;
    private final GroupOffsets groups;
    private final KafkaGroups coordinator;
    private final ProducerIds producerIds;
    private final Quotas quotas;
    private final Metrics metrics = new Metrics();
    private final TransactionCoordinator transactions;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Broker(
            LogDirectory directory,
            PartitionLogs logs,
            TopicCatalog topics,
            GroupOffsets groups,
            KafkaGroups coordinator,
            ProducerIds producerIds,
            Quotas quotas,
            TransactionCoordinator transactions) {
        this.directory = directory;
        this.logs = logs;
        this.topics = topics;
        this.groups = groups;
        this.coordinator = coordinator;
        this.producerIds = producerIds;
        this.quotas = quotas;
        metrics.add(new ProcessMetrics());
        metrics.add(logs.metrics());
        metrics.add(coordinator.metrics());
        this.transactions = transactions;
    }

    /**
     * Opens a data directory, creates it if it is missing, and recovers it if the last process did not close it.
     *
     * @param config the settings
     * @return the running broker
     * @throws BrokerException.DirectoryUnusable when the directory cannot be used, with the reason
     */
    public static Broker open(BrokerConfig config) {
        return open(config, Clock.systemUTC());
    }

    /** As above with a clock of the test's own. */
    static Broker open(BrokerConfig config, Clock clock) {
        long start = System.nanoTime();
        LogDirectory directory = LogDirectory.lock(config.dataDir(), config.nodeId());
        try {
            Broker broker = open(config, clock, directory);
            LOG.atInfo()
                    .addKeyValue("directory", directory.path())
                    .addKeyValue("topics", broker.topics.all().size())
                    .addKeyValue("recovered", !directory.wasShutDownCleanly())
                    .addKeyValue("durationMs", (System.nanoTime() - start) / 1_000_000)
                    .log("the broker is open");
            return broker;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static Broker open(BrokerConfig config, Clock clock, LogDirectory directory) {
        LogConfigs configs = new LogConfigs(config.topicDefaults());
        PartitionLogs logs = PartitionLogs.start(directory, config, configs, clock);
        try {
            TopicCatalog topics =
                    TopicCatalog.open(directory, logs, configs, config.partitionCountDefault(), internalTopics(config));
            GroupOffsets groups = GroupOffsets.open(config, topics, logs, clock);
            logs.startUpkeep();
            ProducerIds producerIds = new ProducerIds(directory.path(), logs, clock);
            KafkaGroups coordinator = groups.coordinator(config, topics, logs);
            TransactionCoordinator transactions = TransactionCoordinator.start(
                    config, topics, logs, new TransactionCoordinator.Parts(coordinator, producerIds, clock));
            Quotas quotas = new Quotas(directory.path(), logs, clock);
            return new Broker(directory, logs, topics, groups, coordinator, producerIds, quotas, transactions);
        } catch (RuntimeException e) {
            logs.abandon();
            throw e;
        }
    }

    private static Map<String, Map<String, String>> internalTopics(BrokerConfig config) {
        Map<String, Map<String, String>> settings = new HashMap<>(GroupOffsets.internalTopics(config));
        settings.put("__transaction_state", config.transactions().topicSettings());
        return settings;
    }

    /** Returns the topics. */
    public TopicCatalog topics() {
        return topics;
    }

    /** Returns the logs of all partitions. */
    public PartitionLogs logs() {
        return logs;
    }

    /** Returns the committed offsets of consumer groups. */
    public GroupOffsets groups() {
        return groups;
    }

    /** Returns the consumer groups as clients see them; their coordinator starts when it is first asked. */
    public GroupService groupService() {
        return coordinator;
    }

    /** Returns the limits on what clients may send and fetch. */
    public Quotas quotas() {
        return quotas;
    }

    /** Returns what hands out the ids of producers. */
    public ProducerIds producerIds() {
        return producerIds;
    }

    /** Returns what the broker counts and measures of itself. */
    public Metrics metrics() {
        return metrics;
    }

    /** Returns the transactions. */
    public TransactionService transactions() {
        return transactions;
    }

    /** The coordinator itself, for tests that decide when it looks at the clock. */
    TransactionCoordinator transactionCoordinator() {
        return transactions;
    }

    /** Returns the data directory. */
    public Path directory() {
        return directory.path();
    }

    /** Returns the id that was drawn when the data directory was first used. */
    public String clusterId() {
        return directory.clusterId();
    }

    /**
     * Returns the log of a partition. It stays valid until the topic is deleted; look it up again after that.
     *
     * @param topic the topic
     * @param partition the number of the partition
     * @return its log
     * @throws BrokerException.UnknownPartition if there is none
     */
    public PartitionLog log(String topic, int partition) {
        return logs.find(new TopicPartition(topic, partition)).orElseThrow(() -> unknown(topic, partition));
    }

    private BrokerException unknown(String topic, int partition) {
        String why = topics.find(topic)
                .map(known -> "it has " + known.partitionCount() + " partitions, counted from 0")
                .orElse("there is no topic of this name");
        return new BrokerException.UnknownPartition(
                "Cannot use partition " + partition + " of topic '" + topic + "': " + why + ". Create it first.");
    }

    /**
     * Appends batches to a partition; see {@link PartitionLog#append} for threads, blocking and whose the buffer is.
     *
     * @param topic the topic
     * @param partition the number of the partition
     * @param batches one or more batches in Kafka's v2 format
     * @return where they went; completes on the log thread
     */
    public CompletableFuture<Appended> append(String topic, int partition, MemoryRecords batches) {
        Optional<PartitionLog> log = logs.find(new TopicPartition(topic, partition));
        return log.isPresent() ? log.get().append(batches) : CompletableFuture.failedFuture(unknown(topic, partition));
    }

    /** Returns why nothing can be written any more, for health checks; empty while all is well. */
    public Optional<BrokerException> failure() {
        return logs.failure();
    }

    /**
     * Shuts down cleanly: appends that wait are done, everything is fsynced, and the next open needs no recovery. Closing
     * twice does no harm.
     */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        transactions.close();
        coordinator.close();
        producerIds.close();
        quotas.close();
        topics.close();
        logs.close();
        directory.close();
        LOG.atInfo().addKeyValue("directory", directory.path()).log("the broker is closed");
    }
}
