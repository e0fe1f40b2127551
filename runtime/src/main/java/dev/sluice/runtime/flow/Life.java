package dev.sluice.runtime.flow;

/** What is planned for a connector or task, whatever its thread does. */
public enum Life {
    /** It was told to run, and is not there yet. */
    STARTING,
    /** It runs. */
    RUNNING,
    /** It waits on purpose. */
    PAUSED,
    /** It was stopped on purpose. */
    STOPPED,
    /** It has failed. */
    FAILED
}
