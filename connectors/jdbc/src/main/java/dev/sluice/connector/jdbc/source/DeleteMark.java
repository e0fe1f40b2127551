package dev.sluice.connector.jdbc.source;

import org.jspecify.annotations.Nullable;

/** Says which rows stand for deletions: those in which a column has a value, or anything but nothing. */
record DeleteMark(@Nullable String column, @Nullable String value) {
    boolean isDeleted(@Nullable Object found) {
        if (found == null) {
            return false;
        }
        String text = found.toString();
        if (value != null) {
            return value.equals(text);
        }
        return !text.isEmpty() && !text.equals("false") && !text.equals("0");
    }
}
