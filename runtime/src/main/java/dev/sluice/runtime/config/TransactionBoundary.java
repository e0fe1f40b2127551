package dev.sluice.runtime.config;

/** What ends a transaction of a source; the names are those of {@code transaction.boundary}. */
public enum TransactionBoundary {
    /** Each batch that the source returns from {@code poll}. */
    POLL,
    /** Time. */
    INTERVAL,
    /** The source. */
    CONNECTOR
}
