package dev.sluice.runtime.config;

/** What happens to a connector when a value changes that a config provider gave. */
public enum ReloadAction {
    /** It goes on with the old value. */
    NONE,
    /** It and its tasks are started anew with the new value. */
    RESTART
}
