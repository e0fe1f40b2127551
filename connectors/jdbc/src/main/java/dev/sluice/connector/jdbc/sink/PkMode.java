package dev.sluice.connector.jdbc.sink;

/** Where the columns of the primary key get their values. */
enum PkMode {
    /** There is no key. */
    NONE,
    /** Topic, partition and offset of the record. */
    KAFKA,
    /** The record's key: its fields, or the key itself. */
    RECORD_KEY,
    /** Fields of the record's value. */
    RECORD_VALUE,
    /** Headers of the record. */
    RECORD_HEADER
}
