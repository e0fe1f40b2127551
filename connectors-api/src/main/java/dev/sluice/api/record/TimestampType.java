package dev.sluice.api.record;

/** Says who set a record's timestamp. */
public enum TimestampType {
    /** The record has no timestamp. */
    NONE,
    /** The producer, when it made the record. */
    CREATE_TIME,
    /** The broker, when it appended the record. */
    LOG_APPEND_TIME
}
