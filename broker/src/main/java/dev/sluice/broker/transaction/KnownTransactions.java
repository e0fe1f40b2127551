package dev.sluice.broker.transaction;

import dev.sluice.broker.log.OpenTransactions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;

/**
 * What the log threads see of the transactions: one entry per producer id, replaced by the coordinator's thread after each
 * change is in its log. A transaction leaves the state {@code Ongoing} here before its first marker is appended, so that no
 * batch gets behind its marker.
 */
final class KnownTransactions implements OpenTransactions {
    private final ConcurrentMap<Long, Known> byProducer = new ConcurrentHashMap<>();
    private volatile boolean isLoaded;

    private record Known(short epoch, TransactionState state, Set<TopicPartition> partitions) {}

    void show(TransactionMetadata metadata) {
        if (metadata.prevProducerId() != metadata.producerId()) {
            byProducer.remove(metadata.prevProducerId());
        }
        byProducer.put(
                metadata.producerId(),
                new Known(metadata.producerEpoch(), metadata.state(), Set.copyOf(metadata.topicPartitions())));
    }

    void forget(TransactionMetadata metadata) {
        byProducer.remove(metadata.producerId());
    }

    void setLoaded() {
        isLoaded = true;
    }

    /** Answers as Kafka's leader does after asking the coordinator. */
    @Override
    public void check(TopicPartition partition, long producerId, short producerEpoch) {
        Known known = byProducer.get(producerId);
        if (known == null) {
            throw isLoaded
                    ? Errors.INVALID_PRODUCER_ID_MAPPING.exception(
                            "no transactional id has the producer id " + producerId)
                    : Errors.NOT_ENOUGH_REPLICAS.exception("the transactions are being loaded");
        }
        if (known.epoch != producerEpoch) {
            throw Errors.INVALID_PRODUCER_EPOCH.exception("the producer " + producerId + " has the epoch " + known.epoch
                    + " by now, and the batch is of epoch " + producerEpoch);
        }
        switch (known.state) {
            case PREPARE_COMMIT, PREPARE_ABORT, PREPARE_EPOCH_FENCE ->
                throw Errors.NOT_ENOUGH_REPLICAS.exception(
                        "the transaction of the producer " + producerId + " is being ended");
            case EMPTY, ONGOING, COMPLETE_COMMIT, COMPLETE_ABORT, DEAD -> {}
        }
        if (known.state != TransactionState.ONGOING || !known.partitions.contains(partition)) {
            throw Errors.TRANSACTION_ABORTABLE.exception(
                    "the partition was not added to a transaction of the producer " + producerId);
        }
    }
}
