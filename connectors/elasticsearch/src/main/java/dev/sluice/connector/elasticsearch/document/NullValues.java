package dev.sluice.connector.elasticsearch.document;

/** What becomes of a record without a value. */
enum NullValues {
    /** It is left out. */
    IGNORE,
    /** It deletes the document of its key. */
    DELETE,
    /** It empties some fields of the document of its key. */
    CLEAR,
    /** It is a bad record. */
    FAIL
}
