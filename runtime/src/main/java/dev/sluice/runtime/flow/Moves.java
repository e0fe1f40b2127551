package dev.sluice.runtime.flow;

/**
 * When something last moved, all in milliseconds since 1970-01-01T00:00Z; 0 for never.
 *
 * @param readMillis records were read: from the outside, or from the log
 * @param writeMillis a write was acknowledged: by the log with its position, or by the outside with the offset committed
 * @param restMillis records were taken, by the log or by the destination, or there was nothing to take
 * @param confirmMillis of a sink, its offset moved, or there was nothing to do; of a source, {@code restMillis}
 */
record Moves(long readMillis, long writeMillis, long restMillis, long confirmMillis) {
    /** Nothing ever did. */
    static final Moves NONE = new Moves(0, 0, 0, 0);

    long lastMillis() {
        return Math.max(readMillis, writeMillis);
    }
}
