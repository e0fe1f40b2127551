package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;
import java.util.Optional;

/** SQL Server 2017 and newer, from its documentation. */
final class SqlServerWrites implements WriteSql {
    @Override
    public Names names() {
        return Names.BRACKETS;
    }

    @Override
    public String typeName(SqlType type, boolean isKey) {
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 16 ? "SMALLINT" : type.size() <= 32 ? "INT" : "BIGINT";
            case FLOAT -> type.size() == 32 ? "REAL" : "FLOAT(53)";
            case DECIMAL -> "DECIMAL(" + (type.size() > 0 ? Math.min(type.size(), 38) : 38) + "," + type.scale() + ")";
            case BOOLEAN -> "BIT";
            case TEXT, JSON, ARRAY, OTHER -> isKey ? "NVARCHAR(450)" : "NVARCHAR(MAX)";
            case BINARY -> isKey ? "VARBINARY(900)" : "VARBINARY(MAX)";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case TIMESTAMP -> "DATETIME2(6)";
            case INSTANT -> "DATETIMEOFFSET(6)";
            case UUID -> "UNIQUEIDENTIFIER";
        };
    }

    @Override
    public String textLiteral(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    @Override
    public String booleanLiteral(boolean value) {
        return value ? "1" : "0";
    }

    @Override
    public String addWord() {
        return "";
    }

    @Override
    public Optional<String> widen(TableId id, Column column, SqlType type) {
        return Optional.of("ALTER TABLE " + names().quoted(id) + " ALTER COLUMN "
                + names().quoted(column.name()) + " " + typeName(type, false)
                + (column.isNullable() ? "" : " NOT NULL"));
    }

    /** The statement would have to repeat the type with all its parts. */
    @Override
    public Optional<String> dropNotNull(TableId id, Column column) {
        return Optional.empty();
    }

    /** The driver allows 2,100. */
    @Override
    public int bindsMax() {
        return 2_000;
    }

    /** HOLDLOCK keeps others from inserting the key between the look and the insert. */
    @Override
    public Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        String source =
                "(VALUES " + WriteSql.rowsOfMarks(columns.size(), rows) + ") AS s (" + names().list(columns) + ")";
        return Optional.of(MergeSql.of(this, names().quoted(id) + " WITH (HOLDLOCK) AS t", source, columns, key) + ";");
    }
}
