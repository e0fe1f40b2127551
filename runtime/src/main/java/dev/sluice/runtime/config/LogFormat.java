package dev.sluice.runtime.config;

/** How lines of the log are written. */
public enum LogFormat {
    /** One line for people. */
    TEXT,
    /** One JSON object a line, for programs. */
    JSON
}
