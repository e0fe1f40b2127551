package dev.sluice.broker.log;

/**
 * What a log remembers of a producer.
 *
 * @param id its id
 * @param epoch its epoch
 * @param lastSequence the sequence number of its last record, or -1
 * @param lastTimestampMillis the time of its last record or marker
 * @param coordinatorEpoch the epoch of the coordinator that wrote its last marker, or -1
 * @param transactionStartOffset the first record of its open transaction, or -1
 */
public record ActiveProducer(
        long id,
        short epoch,
        int lastSequence,
        long lastTimestampMillis,
        int coordinatorEpoch,
        long transactionStartOffset) {
    /** Whether it has written to a transaction that no marker has ended. */
    public boolean hasOpenTransaction() {
        return transactionStartOffset >= 0;
    }
}
