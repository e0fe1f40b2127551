package dev.sluice.api.config;

/**
 * Names the family of a setting's type, in the words that Kafka Connect's REST interface uses for it. Finer types
 * (durations, sizes, enumerations) belong to the family whose texts a form would let the user enter.
 */
public enum ConfigKind {
    /** true or false. */
    BOOLEAN,
    /** Any text. */
    STRING,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 16 bits. */
    SHORT,
    /** A whole number of 64 bits. */
    LONG,
    /** A number with a fraction, 64 bits. */
    DOUBLE,
    /** Texts separated by commas. */
    LIST,
    /** The name or the alias of a class. */
    CLASS,
    /** A text that nobody may see. */
    PASSWORD
}
