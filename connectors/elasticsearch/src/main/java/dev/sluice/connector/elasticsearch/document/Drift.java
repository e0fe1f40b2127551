package dev.sluice.connector.elasticsearch.document;

/** What happens where records and the mapping of their index do not fit together. */
enum Drift {
    /** The task fails. */
    FAIL,
    /** The record is a bad one, by the connector's error settings. */
    DLQ,
    /** The mapping gets the field. */
    EVOLVE,
    /** Fields that the mapping does not have are left out, which is logged once. */
    LENIENT,
    /** Fields that the mapping does not have, or has with another type, are left out. */
    IGNORE
}
