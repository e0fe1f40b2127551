package dev.sluice.broker.group;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.Subscription;
import dev.sluice.broker.topic.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the coordinator has to say to {@code __consumer_offsets}. Called on the coordinator's thread, which waits
 * here for the log thread; nothing on the log thread ever waits for the coordinator.
 */
final class OffsetsWriter implements PartitionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetsWriter.class);

    private final OffsetsLog log;
    private final TopicCatalog topics;
    private final IntConsumer onReady;
    private final ConcurrentMap<Listener, Subscription> subscriptions = new ConcurrentHashMap<>();
    private volatile Limits limits = new Limits(null, new LogConfig(Map.of()));

    private record Limits(@Nullable Topic topic, LogConfig config) {}

    /**
     * Writes for one coordinator.
     *
     * @param log where to
     * @param topics knows the settings
     * @param onReady hears the number of a partition when its groups are loaded
     */
    OffsetsWriter(OffsetsLog log, TopicCatalog topics, IntConsumer onReady) {
        this.log = log;
        this.topics = topics;
        this.onReady = onReady;
    }

    /** The coordinator registers when it has loaded a partition, and what it is asked after that finds the groups. */
    @Override
    public void registerListener(TopicPartition partition, Listener listener) {
        PartitionLog partitionLog = log.partition(partition.partition());
        subscriptions.put(listener, partitionLog.onAppend(() -> tell(listener, partition, partitionLog.endOffset())));
        onReady.accept(partition.partition());
    }

    private static void tell(Listener listener, TopicPartition partition, long endOffset) {
        try {
            listener.onHighWatermarkUpdated(partition, endOffset);
        } catch (NotCoordinatorException closed) {
            LOG.debug("the coordinator has closed and needs no news of {}", partition);
        }
    }

    @Override
    public void deregisterListener(TopicPartition partition, Listener listener) {
        Subscription subscription = subscriptions.remove(listener);
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public LogConfig config(TopicPartition partition) {
        Topic topic = topics.find(OffsetsLog.TOPIC).orElse(null);
        Limits known = limits;
        if (topic != null && !topic.equals(known.topic)) {
            known = new Limits(topic, new LogConfig(topics.effectiveSettings(topic)));
            limits = known;
        }
        return known.config;
    }

    @Override
    public long append(
            TopicPartition partition, VerificationGuard guard, MemoryRecords records, short transactionVersion) {
        try {
            return log.append(partition.partition(), records).join().lastOffset() + 1;
        } catch (CompletionException e) {
            throw translated(e.getCause() == null ? e : e.getCause());
        } catch (BrokerException e) {
            throw translated(e);
        }
    }

    /** The coordinator knows Kafka's exceptions. */
    private static KafkaException translated(Throwable failure) {
        if (failure.getCause() instanceof KafkaException cause) {
            return cause;
        }
        if (failure instanceof BrokerException.DirectoryFailed) {
            return new KafkaStorageException(failure.getMessage(), failure);
        }
        if (failure instanceof BrokerException.UnknownPartition || failure instanceof BrokerException.Closed) {
            return new NotLeaderOrFollowerException(failure.getMessage(), failure);
        }
        return new KafkaException(failure.getMessage(), failure);
    }

    /** Refuses in time for a clean answer; the log asks again when it takes the batch, as the transaction may end between. */
    @Override
    public CompletableFuture<VerificationGuard> maybeStartTransactionVerification(
            TopicPartition partition, String transactionalId, long producerId, short producerEpoch, int apiVersion) {
        try {
            log.checkTransaction(partition, producerId, producerEpoch);
            return CompletableFuture.completedFuture(VerificationGuard.SENTINEL);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Void> deleteRecords(TopicPartition partition, long deleteBeforeOffset) {
        return log.partition(partition.partition())
                .deleteRecordsBefore(deleteBeforeOffset)
                .thenApply(start -> null);
    }
}
