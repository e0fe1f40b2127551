package dev.sluice.runtime.transport;

/** Says which records a reader is given; the names are those of Kafka's {@code isolation.level}. */
public enum Isolation {
    /** Those of committed transactions, and those of none, up to the first record of an open transaction. */
    READ_COMMITTED,
    /** All, at once; some may belong to a transaction that is aborted in the end. */
    READ_UNCOMMITTED
}
