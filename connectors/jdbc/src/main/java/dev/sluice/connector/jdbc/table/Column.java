package dev.sluice.connector.jdbc.table;

import org.jspecify.annotations.Nullable;

/**
 * Describes a column.
 *
 * @param name the name as the database spells it
 * @param type what it holds
 * @param isNullable whether null may stand in it, also where the database does not know
 * @param fill who fills it in where an insert does not name it
 * @param defaultText the database's expression for its default, or null for none
 */
public record Column(
        String name,
        ColumnType type,
        boolean isNullable,
        Fill fill,
        @Nullable String defaultText) {
    /** Says who gives a column its value. */
    public enum Fill {
        /** The insert does, or the default where there is one. */
        GIVEN,
        /** The database counts, unless the insert names a value. */
        COUNTED,
        /** The database computes it always; an insert must not name it. */
        GENERATED
    }

    /** Returns whether an insert may leave the column out. */
    public boolean isOmissible() {
        return isNullable || defaultText != null || fill != Fill.GIVEN;
    }
}
