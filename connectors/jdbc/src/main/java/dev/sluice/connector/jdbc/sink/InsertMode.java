package dev.sluice.connector.jdbc.sink;

/** What becomes of a record that is no delete. */
enum InsertMode {
    /** A new row; one with the same key is an error of the record. */
    INSERT,
    /** A new row, or new values for the row that has the key. */
    UPSERT,
    /** New values for the row that has the key; nothing if there is none. */
    UPDATE,
    /** Aiven's word for inserts of several rows in a statement, which are what is made anyhow. */
    MULTI;

    boolean needsKey() {
        return this == UPSERT || this == UPDATE;
    }
}
