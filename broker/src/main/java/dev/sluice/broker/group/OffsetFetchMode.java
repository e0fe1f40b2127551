package dev.sluice.broker.group;

/** What a fetch of committed offsets does about open transactions. */
public enum OffsetFetchMode {
    /** Shows what is committed now. */
    LATEST,
    /** Answers UNSTABLE_OFFSET_COMMIT for partitions that an open transaction is about to commit. */
    STABLE
}
