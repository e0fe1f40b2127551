package dev.sluice.connector.jdbc.source;

import java.util.Locale;

/** How new rows are found. */
public enum Mode {
    /** All rows, each time. */
    BULK,
    /** Rows whose number is new. */
    INCREMENTING,
    /** Rows whose timestamp is new. */
    TIMESTAMP,
    /** Rows whose timestamp is new; the number orders those of one timestamp. */
    TIMESTAMP_INCREMENTING,
    /** Not by queries: the database's log tells every change. */
    CDC;

    /** Returns the mode of a setting's text, in any case. */
    static Mode of(String text) {
        return valueOf(text.strip().replace('+', '_').toUpperCase(Locale.ROOT));
    }

    boolean usesTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_INCREMENTING;
    }

    boolean usesNumber() {
        return this == INCREMENTING || this == TIMESTAMP_INCREMENTING;
    }
}
