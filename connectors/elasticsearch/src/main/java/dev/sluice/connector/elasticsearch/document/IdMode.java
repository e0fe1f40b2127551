package dev.sluice.connector.elasticsearch.document;

/** Where the id of a document comes from. The words are those of the JDBC sink's keys. */
enum IdMode {
    /** The server makes it. */
    NONE,
    /** Topic, partition and offset. */
    KAFKA,
    /** The record's key, or fields of it. */
    RECORD_KEY,
    /** Fields of the record's value. */
    RECORD_VALUE,
    /** Headers. */
    RECORD_HEADER
}
