package dev.sluice.runtime.config;

/** Says in which state a connector begins. */
public enum InitialState {
    /** It works at once. */
    RUNNING,
    /** Its tasks are there and wait. */
    PAUSED,
    /** It has no tasks. */
    STOPPED
}
