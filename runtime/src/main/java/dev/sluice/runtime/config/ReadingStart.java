package dev.sluice.runtime.config;

/** Where a sink begins in a partition of which nothing is committed. */
public enum ReadingStart {
    /** At the first record that is there. */
    EARLIEST,
    /** Behind the last record that is there. */
    LATEST,
    /** Nowhere: the task fails. */
    NONE
}
