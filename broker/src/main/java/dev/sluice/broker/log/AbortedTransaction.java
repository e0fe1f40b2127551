package dev.sluice.broker.log;

/**
 * A transaction that was aborted: its records begin at an offset and end with the next abort marker of that producer.
 *
 * @param producerId who wrote it
 * @param firstOffset its first record
 */
public record AbortedTransaction(long producerId, long firstOffset) {}
