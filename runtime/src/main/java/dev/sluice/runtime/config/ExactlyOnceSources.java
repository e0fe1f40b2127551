package dev.sluice.runtime.config;

/** Whether the sources of a worker deliver exactly once; the names are those of {@code exactly.once.source.support}. */
public enum ExactlyOnceSources {
    /** At least once. */
    DISABLED,
    /** Kafka Connect's step towards enabled, which one process does not need: at least once. */
    PREPARING,
    /** Exactly once, as far as a source can repeat what it read. */
    ENABLED
}
