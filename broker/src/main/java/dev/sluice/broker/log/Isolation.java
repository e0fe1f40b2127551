package dev.sluice.broker.log;

/** Whether a reader sees records of transactions that are open or were aborted. */
public enum Isolation {
    /** All records up to the end. */
    UNCOMMITTED,
    /** Records below the first open transaction; those of aborted ones are named, for the reader to leave out. */
    COMMITTED
}
