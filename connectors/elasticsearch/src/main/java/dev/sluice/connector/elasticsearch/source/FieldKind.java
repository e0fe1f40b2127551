package dev.sluice.connector.elasticsearch.source;

/** What a field holds, as far as following it is concerned. */
enum FieldKind {
    /** It has no mapping yet. */
    UNKNOWN,
    /** Times. */
    DATE,
    /** Numbers or words. */
    OTHER
}
