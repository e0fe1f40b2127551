package dev.sluice.broker.log;

/**
 * Where a batch went.
 *
 * @param baseOffset the offset of its first record
 * @param lastOffset the offset of its last record
 * @param appendTimeMillis the broker's time stamp, or -1 where the topic keeps the producer's
 * @param startOffset the first offset of the partition at that moment
 */
public record Appended(long baseOffset, long lastOffset, long appendTimeMillis, long startOffset) {}
