package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write into a database, as text with {@code ?} for values. All names are quoted here; values never
 * stand in a statement. The defaults are standard SQL. Immutable; any thread.
 */
public interface WriteSql {
    /** The quotes of the database. */
    Names names();

    /**
     * Returns the name of a type for a new column.
     *
     * @param isKey whether the column belongs to the primary key, for which some databases take only short texts
     */
    String typeName(SqlType type, boolean isKey);

    /** Returns the name under which the database keeps a name that is written without quotes. */
    default String folded(String name) {
        return name;
    }

    /** Returns a literal of a column's default: a number, a truth value, or a text in quotes. */
    default String literal(Object value) {
        if (value instanceof Boolean truth) {
            return booleanLiteral(truth);
        }
        return value instanceof Number ? value.toString() : textLiteral(value.toString());
    }

    /** Returns a text in quotes. */
    default String textLiteral(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Returns the word for a truth value. */
    default String booleanLiteral(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    /** Returns the statement that makes a table. */
    default String create(TableId id, List<NewColumn> columns, List<String> key) {
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(definition(column, key.contains(column.name()))));
        if (!key.isEmpty()) {
            parts.add("PRIMARY KEY (" + names().list(key) + ")");
        }
        return "CREATE TABLE " + names().quoted(id) + " (" + String.join(", ", parts) + ")";
    }

    /** Returns a column's name, type, default and whether it takes null. */
    default String definition(NewColumn column, boolean isKey) {
        String text = names().quoted(column.name()) + " " + typeName(column.type(), isKey);
        String standard = column.defaultText() == null ? "" : " DEFAULT " + column.defaultText();
        return text + standard + (column.isNullable() && !isKey ? "" : " NOT NULL");
    }

    /** Returns the statements that add columns. */
    default List<String> addColumns(TableId id, List<NewColumn> columns) {
        return columns.stream()
                .map(column -> "ALTER TABLE " + names().quoted(id) + " ADD " + addWord() + definition(column, false))
                .toList();
    }

    /** Returns what stands behind {@code ADD}: {@code COLUMN } in most databases. */
    default String addWord() {
        return "COLUMN ";
    }

    /** Returns the statement that gives a column a wider type, or empty where the database cannot or need not. */
    default Optional<String> widen(TableId id, Column column, SqlType type) {
        return Optional.of("ALTER TABLE " + names().quoted(id) + " ALTER COLUMN " + names().quoted(column.name())
                + " SET DATA TYPE " + typeName(type, false));
    }

    /** Returns the statement that lets a column take null, or empty where the database cannot. */
    default Optional<String> dropNotNull(TableId id, Column column) {
        return Optional.of("ALTER TABLE " + names().quoted(id) + " ALTER COLUMN " + names().quoted(column.name())
                + " DROP NOT NULL");
    }

    /** Returns the statement that empties a table. */
    default String truncate(TableId id) {
        return "TRUNCATE TABLE " + names().quoted(id);
    }

    /** Returns how many values one statement may bind. */
    default int bindsMax() {
        return 2_000;
    }

    /** Returns whether one statement may carry several rows. */
    default boolean hasManyRows() {
        return true;
    }

    /** Returns the statement that inserts so many rows. */
    default String insert(TableId id, List<String> columns, int rows) {
        return "INSERT INTO " + names().quoted(id) + " (" + names().list(columns) + ") VALUES "
                + rowsOfMarks(columns.size(), rows);
    }

    /**
     * Returns the statement that inserts so many rows with different keys or, where the key is there already, updates it. Empty
     * where the database has no such statement.
     *
     * @param columns all columns, those of the key among them
     */
    default Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        return Optional.empty();
    }

    /** Returns the statement that updates the row of a key; binds are the other columns, then the key's. */
    default String update(TableId id, List<String> columns, List<String> key) {
        return "UPDATE " + names().quoted(id) + " SET "
                + each(withoutKey(columns, key), name -> name + " = ?", ", ") + " WHERE "
                + each(key, name -> name + " = ?", " AND ");
    }

    /** Returns the statement that deletes the row of a key. */
    default String delete(TableId id, List<String> key) {
        return "DELETE FROM " + names().quoted(id) + " WHERE " + each(key, name -> name + " = ?", " AND ");
    }

    /** Binds a value that {@code type} made fit for the column; null too. */
    default void bind(PreparedStatement statement, int index, @Nullable Object value, Column column)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, column.type().code());
        } else {
            statement.setObject(index, value);
        }
    }

    /** Returns whether all values are bound as texts, which the database reads as the column's type. */
    default boolean bindsTexts() {
        return false;
    }

    /** Adds to a table what only the database's own catalog knows. */
    default Table refined(Connection connection, Table table) throws SQLException {
        return table;
    }

    /** Returns which of these privileges on a table the user of the connection lacks, as far as the database tells. */
    default List<String> missingPrivileges(Connection connection, TableId id, List<String> wanted) throws SQLException {
        return List.of();
    }

    /** Returns whether the user of the connection may make a table, as far as the database tells. */
    default boolean mayCreate(Connection connection, TableId id) throws SQLException {
        return true;
    }

    /** Returns settings of the driver that writing is better with; the user's own go before them. */
    default Map<String, String> driverProperties() {
        return Map.of();
    }

    /** Returns how the database takes rows in bulk, if it has a way. */
    default Optional<CopySql> copy() {
        return Optional.empty();
    }

    /** Returns {@code (?, ?), (?, ?)}. */
    static String rowsOfMarks(int columns, int rows) {
        String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        return String.join(", ", Collections.nCopies(rows, row));
    }

    /** Returns each name, quoted and then changed, with something between. */
    default String each(List<String> columns, UnaryOperator<String> change, String between) {
        return columns.stream().map(names()::quoted).map(change).collect(Collectors.joining(between));
    }

    /** Returns the columns that are not of the key; all of them where there is no other. */
    static List<String> withoutKey(List<String> columns, List<String> key) {
        List<String> others =
                columns.stream().filter(column -> !key.contains(column)).toList();
        return others.isEmpty() ? columns : others;
    }
}
