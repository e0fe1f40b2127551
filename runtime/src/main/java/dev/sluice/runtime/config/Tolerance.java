package dev.sluice.runtime.config;

/** Says what happens to a record that cannot be converted, transformed or written. */
public enum Tolerance {
    /** The task fails. */
    NONE,
    /** The record is left out or becomes a dead letter, and the task goes on. */
    ALL
}
