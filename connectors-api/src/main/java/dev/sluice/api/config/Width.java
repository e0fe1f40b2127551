package dev.sluice.api.config;

/** Says how wide the input field of a setting should be in a form. */
public enum Width {
    /** No wish. */
    NONE,
    /** A number or a word. */
    SHORT,
    /** A name or a path. */
    MEDIUM,
    /** A list, a query, an address with parameters. */
    LONG
}
