package dev.sluice.broker.log;

/**
 * A record found by its time.
 *
 * @param offset its offset
 * @param timestampMillis its time, in milliseconds since 1970
 */
public record TimedOffset(long offset, long timestampMillis) {}
