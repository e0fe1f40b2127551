package dev.sluice.api.error;

/** Says what the runtime does about a failure. Every exception that leaves a plugin falls into exactly one category. */
public enum ErrorCategory {
    /** The outside world may recover: the same call again, with back-off, a bounded number of times. */
    RETRIABLE,
    /** One record cannot be processed, now or later: the connector's error tolerance decides what happens to it. */
    RECORD,
    /** A setting is wrong: never retried, because only a new configuration helps. */
    CONFIG,
    /** Anything else: the task fails at once and says so. */
    TASK;

    /** Returns the category of any failure; unknown exceptions and errors are {@link #TASK}. */
    public static ErrorCategory of(Throwable failure) {
        return failure instanceof ConnectorException known ? known.category() : TASK;
    }
}
