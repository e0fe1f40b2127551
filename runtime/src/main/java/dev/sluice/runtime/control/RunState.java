package dev.sluice.runtime.control;

/** The states of connectors and tasks, in Kafka Connect's words, and one more. */
public enum RunState {
    /** It is about to start. */
    UNASSIGNED,
    /** It runs. */
    RUNNING,
    /** It waits on purpose. */
    PAUSED,
    /** It was stopped on purpose. */
    STOPPED,
    /** It failed; the trace says why. */
    FAILED,
    /** It is being stopped to start again. */
    RESTARTING,
    /** A plugin call does not come back; the trace says which. */
    STUCK
}
