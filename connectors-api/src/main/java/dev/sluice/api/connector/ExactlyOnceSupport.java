package dev.sluice.api.connector;

/** Says whether a source can deliver each record exactly once. */
public enum ExactlyOnceSupport {
    /** It can: its offsets name a place from which it repeats exactly the records after it. */
    SUPPORTED,
    /** It cannot. */
    UNSUPPORTED,
    /** The connector does not say; asked for exactly-once delivery as a requirement, it is refused. */
    UNKNOWN
}
