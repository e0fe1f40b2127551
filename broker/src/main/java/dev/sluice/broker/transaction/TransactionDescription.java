package dev.sluice.broker.transaction;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What the coordinator knows of a transactional id.
 *
 * @param producer who has it
 * @param state Kafka's name of the state of its transaction
 * @param timeoutMillis how long a transaction of it may be open
 * @param startMillis when its transaction began, or -1
 * @param nowMillis when this was found
 * @param partitions what its transaction may write to
 */
public record TransactionDescription(
        TransactionalProducer producer,
        String state,
        int timeoutMillis,
        long startMillis,
        long nowMillis,
        Set<TopicPartition> partitions) {
    public TransactionDescription {
        partitions = Set.copyOf(partitions);
    }

    /** Whether its transaction began more than so long ago. */
    public boolean isOlderThan(long millis) {
        return nowMillis - startMillis > millis;
    }
}
