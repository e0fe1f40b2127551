package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.table.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Finds the reader of a column once, so that no value asks for its type. */
public final class JdbcReaders {
    private JdbcReaders() {}

    /** Returns the reader of a type; the schema is what {@link JdbcSchemas#of} says for it under the same rules. */
    public static ColumnReader of(ColumnType type, Schema schema, TypeRules rules) {
        return switch (type.code()) {
            case Types.DATE -> (row, index) -> day(row, index, rules.calendar());
            case Types.TIME -> JdbcReaders::time;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                (row, index) -> {
                    Instant time = instant(row, index, rules);
                    return time == null ? null : rules.timestamps().value(time, rules.zone());
                };
            case Types.ARRAY -> JdbcReaders::array;
            case Types.SQLXML -> JdbcReaders::xml;
            default -> plain(schema);
        };
    }

    private static ColumnReader plain(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> (row, index) -> orNull(row, row.getByte(index));
            case INT16 -> (row, index) -> orNull(row, row.getShort(index));
            case INT32 -> (row, index) -> orNull(row, row.getInt(index));
            case INT64 -> (row, index) -> orNull(row, row.getLong(index));
            case FLOAT32 -> (row, index) -> orNull(row, row.getFloat(index));
            case FLOAT64 -> (row, index) -> orNull(row, row.getDouble(index));
            case BOOLEAN -> (row, index) -> orNull(row, row.getBoolean(index));
            case BYTES -> schema.logicalType().isPresent() ? decimal(LogicalType.scale(schema)) : ResultSet::getBytes;
            default -> ResultSet::getString;
        };
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static ColumnReader decimal(int scale) {
        return (row, index) -> {
            BigDecimal value = row.getBigDecimal(index);
            return value == null ? null : scaled(value, scale);
        };
    }

    private static BigDecimal scaled(BigDecimal value, int scale) {
        try {
            return value.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException finer) {
            throw new DataException(
                    "Cannot read a decimal: it has " + value.scale() + " digits after the point, and its column says "
                            + scale + ". Set numeric.mapping to best_fit_eager_double, or read the column by a query.",
                    finer);
        }
    }

    private static @Nullable Object day(ResultSet row, int index, CalendarSystem calendar) throws SQLException {
        // Read at midnight of this machine's zone, which is what toLocalDate turns back into the day.
        Date date = row.getDate(index);
        return date == null ? null : calendar.day(date.toLocalDate());
    }

    private static @Nullable Object time(ResultSet row, int index) throws SQLException {
        Time time = row.getTime(index);
        if (time == null) {
            return null;
        }
        long millisOfSecond = Math.floorMod(time.getTime(), 1_000L);
        return time.toLocalTime().plusNanos(millisOfSecond * 1_000_000);
    }

    /** Returns a point in time; what has no zone is meant in that of the rules. */
    public static @Nullable Instant instant(ResultSet row, int index, TypeRules rules) throws SQLException {
        Timestamp time = row.getTimestamp(index, calendar(rules));
        return time == null ? null : time.toInstant();
    }

    /** Returns a calendar for a driver; they are not to be shared, because drivers change them. */
    public static Calendar calendar(TypeRules rules) {
        return new GregorianCalendar(TimeZone.getTimeZone(rules.zone()));
    }

    private static @Nullable Object array(ResultSet row, int index) throws SQLException {
        Array array = row.getArray(index);
        if (array == null) {
            return null;
        }
        List<@Nullable Object> texts = new ArrayList<>();
        if (array.getArray() instanceof Object[] elements) {
            for (Object element : elements) {
                texts.add(element == null ? null : element.toString());
            }
        }
        array.free();
        return texts;
    }

    private static @Nullable Object xml(ResultSet row, int index) throws SQLException {
        SQLXML xml = row.getSQLXML(index);
        return xml == null ? null : xml.getString();
    }
}
