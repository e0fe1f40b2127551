package dev.sluice.broker.log;

import org.apache.kafka.common.TopicPartition;

/**
 * Knows the transactions that are open. The log asks before it takes a transactional batch, on the log thread and therefore
 * before any marker that is appended later: a batch that is taken lies before the marker that ends its transaction.
 */
@FunctionalInterface
public interface OpenTransactions {
    /**
     * Checks that a producer may write to a partition now. Must answer from memory.
     *
     * @param partition the partition
     * @param producerId who writes
     * @param producerEpoch of which epoch
     * @throws org.apache.kafka.common.errors.ApiException with the error for the producer, if it may not
     */
    void check(TopicPartition partition, long producerId, short producerEpoch);
}
