package dev.sluice.connector.elasticsearch.source;

/** What comes after the first reading. */
public enum Follow {
    /** Every document that is written, by the shard's sequence numbers. */
    SEQ_NO,
    /** Documents whose value of a field is greater. */
    FIELD,
    /** Nothing: the job ends. */
    NONE
}
