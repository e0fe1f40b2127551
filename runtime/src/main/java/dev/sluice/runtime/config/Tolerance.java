package dev.sluice.runtime.config;

/** Says what happens to a record that cannot be converted or transformed. */
public enum Tolerance {
    /** The task fails. */
    NONE,
    /** The record is left out, and the task goes on. */
    ALL
}
