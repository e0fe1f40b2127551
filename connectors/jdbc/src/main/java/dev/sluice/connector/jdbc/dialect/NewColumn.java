package dev.sluice.connector.jdbc.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A column to be made.
 *
 * @param name its name, not quoted
 * @param type what it shall hold
 * @param isNullable whether null may stand in it
 * @param defaultText the expression of its default in SQL, or null for none
 */
public record NewColumn(
        String name,
        SqlType type,
        boolean isNullable,
        @Nullable String defaultText) {}
