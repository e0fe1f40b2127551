package dev.sluice.api.config;

/** Says how much a setting matters to someone who configures the plugin for the first time. */
public enum Importance {
    /** Nearly everyone sets it. */
    HIGH,
    /** Many look at it. */
    MEDIUM,
    /** The default suits nearly everyone. */
    LOW
}
