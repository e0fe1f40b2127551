package dev.sluice.connector.jdbc.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A type that a new column shall have, before a database gives it a name.
 *
 * @param kind what it holds
 * @param size bits of a whole number (16, 32, 64) or of a float (32, 64), digits of a decimal; 0 for no limit
 * @param scale digits of a decimal after the point; of times and timestamps the digits of a second
 * @param item the type of an array's items; null for all others
 */
public record SqlType(
        ColumnKind kind, int size, int scale, @Nullable SqlType item) {
    /** Returns a type without size and scale. */
    public static SqlType of(ColumnKind kind) {
        return new SqlType(kind, 0, 0, null);
    }

    /** Returns a type of that size. */
    public static SqlType of(ColumnKind kind, int size) {
        return new SqlType(kind, size, 0, null);
    }

    /** Returns an array. */
    public static SqlType arrayOf(SqlType item) {
        return new SqlType(ColumnKind.ARRAY, 0, 0, item);
    }
}
