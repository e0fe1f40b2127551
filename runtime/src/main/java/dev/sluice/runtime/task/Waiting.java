package dev.sluice.runtime.task;

/** What a task waits for, outside of its plugin's calls. */
public enum Waiting {
    /** Nothing: it works, or is inside a plugin call. */
    NOTHING,
    /** A source that had nothing to give, until it is polled again. */
    POLL_EMPTY,
    /** A sink that has read all there is, for more in the log. */
    LOG_EMPTY,
    /** A source whose bound of records or bytes in flight is reached, for the log. */
    IN_FLIGHT_FULL,
    /** Room in the buffers that all tasks share. */
    BUFFER_FULL,
    /** The next try of what failed. */
    RETRY,
    /** To be resumed. */
    PAUSED
}
