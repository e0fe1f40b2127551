package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.TableId;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** H2 in its regular mode. */
final class H2Writes implements WriteSql {
    @Override
    public Names names() {
        return Names.STANDARD;
    }

    @Override
    public String typeName(SqlType type, boolean isKey) {
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 16 ? "SMALLINT" : type.size() <= 32 ? "INTEGER" : "BIGINT";
            case FLOAT -> type.size() == 32 ? "REAL" : "DOUBLE PRECISION";
            case DECIMAL -> "NUMERIC(" + (type.size() > 0 ? type.size() : 1_000) + "," + type.scale() + ")";
            case BOOLEAN -> "BOOLEAN";
            case TEXT, OTHER -> "VARCHAR";
            case BINARY -> "VARBINARY";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case TIMESTAMP -> "TIMESTAMP(6)";
            case INSTANT -> "TIMESTAMP(6) WITH TIME ZONE";
            case JSON, ARRAY -> "JSON";
            case UUID -> "UUID";
        };
    }

    @Override
    public String folded(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public int bindsMax() {
        return 20_000;
    }

    @Override
    public Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        return Optional.of("MERGE INTO " + names().quoted(id) + " (" + names().list(columns) + ") KEY ("
                + names().list(key) + ") VALUES " + WriteSql.rowsOfMarks(columns.size(), rows));
    }

    /** A text would become a JSON text; bytes are read as JSON. */
    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value, Column column)
            throws SQLException {
        if (value instanceof String json && ColumnKind.of(column.type()) == ColumnKind.JSON) {
            statement.setBytes(index, json.getBytes(StandardCharsets.UTF_8));
        } else {
            WriteSql.super.bind(statement, index, value, column);
        }
    }
}
