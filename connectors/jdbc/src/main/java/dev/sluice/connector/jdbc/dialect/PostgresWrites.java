package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. Values are bound as texts of no type, so that the server reads them as what the column is. */
final class PostgresWrites implements WriteSql {
    private static final String ALWAYS_COUNTED = "SELECT a.attname FROM pg_catalog.pg_attribute a"
            + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ? AND a.attidentity = 'a' AND NOT a.attisdropped";

    @Override
    public Names names() {
        return Names.STANDARD;
    }

    @Override
    public String typeName(SqlType type, boolean isKey) {
        SqlType item = type.item();
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 16 ? "smallint" : type.size() <= 32 ? "integer" : "bigint";
            case FLOAT -> type.size() == 32 ? "real" : "double precision";
            case DECIMAL -> type.size() > 0 ? "numeric(" + type.size() + "," + type.scale() + ")" : "numeric";
            case BOOLEAN -> "boolean";
            case TEXT, OTHER -> "text";
            case BINARY -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case INSTANT -> "timestamptz";
            case JSON -> "jsonb";
            case UUID -> "uuid";
            case ARRAY -> item == null ? "jsonb" : typeName(item, false) + "[]";
        };
    }

    @Override
    public String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public int bindsMax() {
        return 32_767;
    }

    @Override
    public Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        return Optional.of(insert(id, columns, rows) + onConflict(names(), columns, key));
    }

    static String onConflict(Names names, List<String> columns, List<String> key) {
        List<String> sets = columns.stream()
                .filter(column -> !key.contains(column))
                .map(names::quoted)
                .map(name -> name + " = EXCLUDED." + name)
                .toList();
        String action = sets.isEmpty() ? "NOTHING" : "UPDATE SET " + String.join(", ", sets);
        return " ON CONFLICT (" + names.list(key) + ") DO " + action;
    }

    @Override
    public Optional<String> widen(TableId id, Column column, SqlType type) {
        return Optional.of("ALTER TABLE " + names().quoted(id) + " ALTER COLUMN " + names().quoted(column.name())
                + " TYPE " + typeName(type, false));
    }

    @Override
    public boolean bindsTexts() {
        return true;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value, Column column)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            statement.setObject(index, value, Types.OTHER);
        }
    }

    @Override
    public List<String> missingPrivileges(Connection connection, TableId id, List<String> wanted) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT has_table_privilege(?, ?)")) {
            for (String privilege : wanted) {
                query.setString(1, names().quoted(id));
                query.setString(2, privilege);
                try (ResultSet answer = query.executeQuery()) {
                    if (answer.next() && !answer.getBoolean(1)) {
                        missing.add(privilege);
                    }
                }
            }
        }
        return missing;
    }

    @Override
    public boolean mayCreate(Connection connection, TableId id) throws SQLException {
        String schema = id.schema();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT has_schema_privilege(n.oid, 'CREATE') FROM pg_catalog.pg_namespace n WHERE n.nspname ="
                        + " coalesce(?, current_schema())")) {
            query.setString(1, schema);
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** Error messages without the values of rows: those belong into no log. */
    @Override
    public Map<String, String> driverProperties() {
        return Map.of("logServerErrorDetail", "false");
    }

    /** Marks the columns that are GENERATED ALWAYS AS IDENTITY, which the driver does not tell from those by default. */
    @Override
    public Table refined(Connection connection, Table table) throws SQLException {
        Set<String> always = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(ALWAYS_COUNTED)) {
            query.setString(1, table.id().schema());
            query.setString(2, table.id().name());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    always.add(found.getString(1));
                }
            }
        }
        // A connection sees one database alone, whose name says nothing more.
        return new Table(
                TableId.of(table.id().schema(), table.id().name()),
                table.kind(),
                table.columns().stream()
                        .map(column -> always.contains(column.name()) ? generated(column) : column)
                        .toList(),
                table.primaryKey());
    }

    private static Column generated(Column column) {
        return new Column(
                column.name(), column.type(), column.isNullable(), Column.Fill.GENERATED, column.defaultText());
    }

    @Override
    public Optional<CopySql> copy() {
        return Optional.of(new CopySql(names()));
    }
}
