package dev.sluice.runtime.control;

/** Where offsets are set to. */
public sealed interface OffsetReset {
    /** They are forgotten: the connector begins where a new one would. */
    record Forget() implements OffsetReset {}

    /** The beginning of what the log still has; for a source the same as {@link Forget}. */
    record Earliest() implements OffsetReset {}

    /** The end of the log, so that only new records count; sinks only. */
    record Latest() implements OffsetReset {}

    /**
     * The first record of that time or later; sinks only.
     *
     * @param millis milliseconds since 1970-01-01T00:00Z
     */
    record At(long millis) implements OffsetReset {}
}
