package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Oracle 12.2 and newer, from its documentation. An empty text is null there. */
final class OracleWrites implements WriteSql {
    @Override
    public Names names() {
        return Names.STANDARD;
    }

    @Override
    public String typeName(SqlType type, boolean isKey) {
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 16 ? "NUMBER(5)" : type.size() <= 32 ? "NUMBER(10)" : "NUMBER(19)";
            case FLOAT -> type.size() == 32 ? "BINARY_FLOAT" : "BINARY_DOUBLE";
            case DECIMAL -> "NUMBER(" + (type.size() > 0 ? Math.min(type.size(), 38) : 38) + "," + type.scale() + ")";
            case BOOLEAN -> "NUMBER(1)";
            case TEXT, JSON, ARRAY, OTHER -> isKey ? "VARCHAR2(255 CHAR)" : "CLOB";
            case BINARY -> isKey ? "RAW(255)" : "BLOB";
            case DATE -> "DATE";
            case TIME -> "VARCHAR2(18)";
            case TIMESTAMP -> "TIMESTAMP(6)";
            case INSTANT -> "TIMESTAMP(6) WITH TIME ZONE";
            case UUID -> "CHAR(36)";
        };
    }

    @Override
    public String folded(String name) {
        return name.toUpperCase(Locale.ROOT);
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
        return Optional.of(modify(id, column, typeName(type, false)));
    }

    @Override
    public Optional<String> dropNotNull(TableId id, Column column) {
        return Optional.of(modify(id, column, "NULL"));
    }

    private String modify(TableId id, Column column, String what) {
        return "ALTER TABLE " + names().quoted(id) + " MODIFY (" + names().quoted(column.name()) + " " + what + ")";
    }

    /** VALUES takes one row before version 23; the driver sends batches instead. */
    @Override
    public boolean hasManyRows() {
        return false;
    }

    @Override
    public Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        String source = "(SELECT " + each(columns, name -> "? " + name, ", ") + " FROM DUAL) s";
        return Optional.of(MergeSql.of(this, names().quoted(id) + " t", source, columns, key));
    }
}
