package dev.sluice.connector.jdbc.source;

import java.util.List;

/** Says which columns make a record's key. */
record KeyChoice(List<String> columns) {
    static final String PRIMARY_KEY = "primary_key";
    private static final String NONE = "none";

    KeyChoice {
        columns = List.copyOf(columns);
    }

    /** Returns the names of the key's columns; empty for no key. */
    List<String> of(List<String> primaryKey) {
        if (columns.equals(List.of(PRIMARY_KEY))) {
            return primaryKey;
        }
        return columns.equals(List.of(NONE)) ? List.of() : columns;
    }

    boolean isByName() {
        return !columns.equals(List.of(PRIMARY_KEY)) && !columns.equals(List.of(NONE));
    }
}
