package dev.sluice.runtime.config;

import java.time.Duration;

/**
 * How a source with exactly-once delivery writes.
 *
 * @param writerIdPrefix begins the names of the writers of all its tasks
 * @param boundary what ends a transaction
 * @param interval how long a transaction takes where {@link TransactionBoundary#INTERVAL} ends it
 * @param timeout how long one may stay open before the broker aborts it
 */
public record TransactionSettings(
        String writerIdPrefix, TransactionBoundary boundary, Duration interval, Duration timeout) {
    /** Returns the name of a task's writer, the transactional id of Kafka Connect. */
    public String writerId(int taskIndex) {
        return writerIdPrefix + taskIndex;
    }
}
