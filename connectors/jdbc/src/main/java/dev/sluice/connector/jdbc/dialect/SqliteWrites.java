package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.TableId;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQLite. It knows no days, times and exact decimals: they are texts, days and times in ISO 8601 with a blank between, as its own
 * functions take them.
 */
final class SqliteWrites implements WriteSql {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @Override
    public Names names() {
        return Names.STANDARD;
    }

    @Override
    public String typeName(SqlType type, boolean isKey) {
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 32 ? "INTEGER" : "BIGINT";
            case FLOAT -> "REAL";
            case BOOLEAN -> "BOOLEAN";
            case BINARY -> "BLOB";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case DECIMAL, TIME, INSTANT, TEXT, JSON, UUID, ARRAY, OTHER -> "TEXT";
        };
    }

    @Override
    public String booleanLiteral(boolean value) {
        return value ? "1" : "0";
    }

    /** A column takes every value there, whatever its type. */
    @Override
    public Optional<String> widen(TableId id, Column column, SqlType type) {
        return Optional.empty();
    }

    @Override
    public Optional<String> dropNotNull(TableId id, Column column) {
        return Optional.empty();
    }

    @Override
    public String truncate(TableId id) {
        return "DELETE FROM " + names().quoted(id);
    }

    @Override
    public int bindsMax() {
        return 32_000;
    }

    @Override
    public Optional<String> upsert(TableId id, List<String> columns, List<String> key, int rows) {
        return Optional.of(insert(id, columns, rows) + PostgresWrites.onConflict(names(), columns, key));
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value, Column column)
            throws SQLException {
        if (value instanceof LocalDateTime time) {
            statement.setString(index, TIMESTAMP.format(time));
        } else if (value instanceof Temporal || value instanceof BigDecimal) {
            statement.setString(index, value.toString());
        } else if (value instanceof Boolean truth) {
            statement.setInt(index, truth ? 1 : 0);
        } else {
            statement.setObject(index, value);
        }
    }
}
