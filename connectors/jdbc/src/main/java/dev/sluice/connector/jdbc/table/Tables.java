package dev.sluice.connector.jdbc.table;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what tables there are and what they look like. Uses the connection that it is given; belongs to its thread. */
public final class Tables {
    private Tables() {}

    /**
     * Lists tables, sorted by name.
     *
     * @param catalog the catalog, or null for every one that the connection sees
     * @param schema a pattern of the schema as {@link DatabaseMetaData#getTables} takes it, or null for all
     * @param kinds what the driver calls the kinds that are wanted
     */
    public static List<TableId> list(
            Connection connection, @Nullable String catalog, @Nullable String schema, List<String> kinds)
            throws SQLException {
        List<TableId> found = new ArrayList<>();
        try (ResultSet tables =
                connection.getMetaData().getTables(catalog, schema, "%", kinds.toArray(String[]::new))) {
            while (tables.next()) {
                found.add(id(tables));
            }
        }
        return found.stream().sorted().toList();
    }

    /**
     * Finds a table. A name without a schema is looked for in the connection's own first, then in the others.
     *
     * @return empty if there is none of exactly that name
     */
    public static Optional<Table> find(Connection connection, TableId id) throws SQLException {
        String own = id.schema() == null ? connection.getSchema() : id.schema();
        Optional<Table> found = find(connection, id, own);
        return found.isPresent() || id.schema() != null ? found : find(connection, id, null);
    }

    private static Optional<Table> find(Connection connection, TableId id, @Nullable String schema)
            throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String catalog = id.catalog() == null ? connection.getCatalog() : id.catalog();
        try (ResultSet tables = meta.getTables(catalog, pattern(meta, schema), pattern(meta, id.name()), null)) {
            while (tables.next()) {
                String kind = tables.getString("TABLE_TYPE");
                if (isRelation(kind) && tables.getString("TABLE_NAME").equals(id.name())) {
                    TableId full = id(tables);
                    return Optional.of(new Table(full, kind, columns(meta, full), primaryKey(meta, full)));
                }
            }
        }
        return Optional.empty();
    }

    /** PostgreSQL lists indexes and sequences beside tables. */
    private static boolean isRelation(@Nullable String kind) {
        return kind != null && (kind.contains("TABLE") || kind.contains("VIEW"));
    }

    private static TableId id(ResultSet tables) throws SQLException {
        return new TableId(
                tables.getString("TABLE_CAT"), tables.getString("TABLE_SCHEM"), tables.getString("TABLE_NAME"));
    }

    private static List<Column> columns(DatabaseMetaData meta, TableId id) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet found =
                meta.getColumns(id.catalog(), pattern(meta, id.schema()), pattern(meta, id.name()), "%")) {
            while (found.next()) {
                columns.add(column(found));
            }
        }
        return columns;
    }

    private static Column column(ResultSet found) throws SQLException {
        // Read in the order of the columns, which some drivers insist on.
        String name = found.getString("COLUMN_NAME");
        int code = found.getInt("DATA_TYPE");
        String type = found.getString("TYPE_NAME");
        int size = found.getInt("COLUMN_SIZE");
        int scale = found.getInt("DECIMAL_DIGITS");
        boolean isNullable = found.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
        String defaultText = found.getString("COLUMN_DEF");
        boolean isCounted = "YES".equals(found.getString("IS_AUTOINCREMENT"));
        boolean isGenerated = "YES".equals(found.getString("IS_GENERATEDCOLUMN"));
        Column.Fill fill = isGenerated ? Column.Fill.GENERATED : isCounted ? Column.Fill.COUNTED : Column.Fill.GIVEN;
        return new Column(name, new ColumnType(code, type, size, scale), isNullable, fill, defaultText);
    }

    private static List<String> primaryKey(DatabaseMetaData meta, TableId id) throws SQLException {
        TreeMap<Integer, String> bySequence = new TreeMap<>();
        try (ResultSet keys = meta.getPrimaryKeys(id.catalog(), id.schema(), id.name())) {
            while (keys.next()) {
                String column = keys.getString("COLUMN_NAME");
                bySequence.put(keys.getInt("KEY_SEQ"), column);
            }
        }
        return List.copyOf(bySequence.values());
    }

    /** Makes a name match itself alone where the driver takes a pattern. */
    private static @Nullable String pattern(DatabaseMetaData meta, @Nullable String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        if (name == null || escape == null || escape.isEmpty()) {
            return name;
        }
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }
}
