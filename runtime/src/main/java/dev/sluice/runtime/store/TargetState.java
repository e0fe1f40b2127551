package dev.sluice.runtime.store;

/** What a user wants a connector to do. */
public enum TargetState {
    /** It runs. */
    STARTED,
    /** It stays, idle. */
    PAUSED,
    /** It ends, and its tasks are forgotten. */
    STOPPED
}
