package dev.sluice.connector.jdbc.sink;

/** What happens where records and their table do not fit together. */
enum Drift {
    /** The task fails. */
    FAIL,
    /** The record is a bad one, by the connector's error settings. */
    DLQ,
    /** The table gets the column, or its column a wider type. */
    EVOLVE,
    /** Fields without a column are left out, which is logged once. */
    LENIENT,
    /** Fields without a column, or with one of another type, are left out. */
    IGNORE
}
