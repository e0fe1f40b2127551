package dev.sluice.connector.jdbc.table;

/**
 * A column's type as the database describes it.
 *
 * @param code the number in {@link java.sql.Types} that the driver gives it
 * @param name the database's own name, such as {@code int4}, {@code _text} or {@code VARCHAR}
 * @param size digits of a number, characters of a text, 0 where there is no limit
 * @param scale digits after the point; 0 where it does not matter
 */
public record ColumnType(int code, String name, int size, int scale) {}
