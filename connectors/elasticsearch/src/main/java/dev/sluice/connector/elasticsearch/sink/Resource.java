package dev.sluice.connector.elasticsearch.sink;

/** What a name stands for in a cluster. */
enum Resource {
    /** Nothing. */
    NONE,
    /** An index. */
    INDEX,
    /** An alias that can be written to. */
    ALIAS,
    /** An alias of several indices of which none is the one to write to. */
    ALIAS_WITHOUT_WRITE_INDEX,
    /** A data stream. */
    STREAM,
    /** The cluster does not tell. */
    UNKNOWN
}
