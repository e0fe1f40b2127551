package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** MySQL and MariaDB. A column that has no time zone there takes instants by the clock of {@code db.timezone}. */
final class MySqlWrites implements WriteSql {
    @Override
    public Names names() {
        return Names.BACKTICKS;
    }

    @Override
    public String typeName(SqlType type, boolean isKey) {
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 16 ? "SMALLINT" : type.size() <= 32 ? "INT" : "BIGINT";
            case FLOAT -> type.size() == 32 ? "FLOAT" : "DOUBLE";
            case DECIMAL -> "DECIMAL(" + (type.size() > 0 ? Math.min(type.size(), 65) : 65) + "," + type.scale() + ")";
            case BOOLEAN -> "BOOLEAN";
            case TEXT, OTHER -> isKey ? "VARCHAR(255)" : "LONGTEXT";
            case BINARY -> isKey ? "VARBINARY(255)" : "LONGBLOB";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case TIMESTAMP, INSTANT -> "DATETIME(6)";
            case JSON, ARRAY -> "JSON";
            case UUID -> "CHAR(36)";
        };
    }

    /** A backslash begins an escape in texts there. */
    @Override
    public String textLiteral(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** MySQL gives long texts no default. */
    @Override
    public String definition(NewColumn column, boolean isKey) {
        boolean isLong = !isKey && column.type().kind() == ColumnKind.TEXT;
        return WriteSql.super.definition(
                isLong ? new NewColumn(column.name(), column.type(), column.isNullable(), null) : column, isKey);
    }

    @Override
    public Optional<String> widen(TableId id, Column column, SqlType type) {
        return Optional.of(modify(id, column, typeName(type, false)) + (column.isNullable() ? "" : " NOT NULL"));
    }

    @Override
    public Optional<String> dropNotNull(TableId id, Column column) {
        return Optional.of(modify(id, column, words(column.type())) + " NULL");
    }

    private String modify(TableId id, Column column, String type) {
        return "ALTER TABLE " + names().quoted(id) + " MODIFY COLUMN " + names().quoted(column.name()) + " " + type;
    }

    /** Returns a type as the database would be told it. */
    private static String words(ColumnType type) {
        String name = type.name().toUpperCase(Locale.ROOT);
        if (name.contains("DECIMAL")) {
            return name + "(" + type.size() + "," + type.scale() + ")";
        }
        boolean hasLength = name.endsWith("CHAR") || name.endsWith("BINARY");
        return hasLength ? name + "(" + type.size() + ")" : name;
    }

    @Override
    public int bindsMax() {
        return 20_000;
    }

    @Override
    public Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        String sets = each(WriteSql.withoutKey(columns, key), name -> name + " = VALUES(" + name + ")", ", ");
        return Optional.of(insert(id, columns, rows) + " ON DUPLICATE KEY UPDATE " + sets);
    }
}
