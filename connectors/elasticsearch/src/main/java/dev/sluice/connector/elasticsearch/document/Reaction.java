package dev.sluice.connector.elasticsearch.document;

/** What happens when the server refuses one document for good. */
public enum Reaction {
    /** Nothing: it is left out. */
    IGNORE,
    /** It is left out, and logged. */
    WARN,
    /** It is a bad record, by the connector's error settings. */
    REPORT,
    /** The same: bad records fail the task unless errors are tolerated. */
    FAIL
}
