package dev.sluice.connector.jdbc.type;

import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Turns values into the objects that JDBC 4.2 binds to columns of a kind: numbers, texts, bytes, {@code java.time} values. JSON is a
 * text here.
 *
 * @param column what the column holds
 * @param zone the time zone of columns without one
 */
record JdbcForm(ColumnKind column, ZoneId zone) {
    /** Returns the value to bind. */
    Object of(ValueKind kind, Object value) {
        ValueKind actual = kind == ValueKind.ANY ? checked(value) : kind;
        boolean isText = kind == ValueKind.TEXT || kind == ValueKind.JSON;
        if (isNested(actual) || (column == ColumnKind.JSON && !isText)) {
            return JsonText.of(value);
        }
        return switch (actual) {
            case BYTES -> Plain.bytes(value);
            case INSTANT -> instant((Instant) value);
            case DATE -> date((LocalDate) value);
            case BOOLEAN -> isNumber() ? (Object) ((Boolean) value ? 1 : 0) : worded(value);
            case WHOLE -> column == ColumnKind.BOOLEAN ? (Object) truth((Number) value) : worded(value);
            default -> worded(value);
        };
    }

    private boolean isNumber() {
        return column == ColumnKind.WHOLE || column == ColumnKind.DECIMAL;
    }

    private static boolean isNested(ValueKind kind) {
        return kind == ValueKind.NESTED || kind == ValueKind.ARRAY;
    }

    private ValueKind checked(Object value) {
        ValueKind kind = Plain.kindOf(value);
        if (!kind.fits(column)) {
            throw new DataException("the value is " + kind + " and the column " + column);
        }
        return kind;
    }

    private Object worded(Object value) {
        return column == ColumnKind.TEXT || column == ColumnKind.OTHER ? value.toString() : value;
    }

    private static boolean truth(Number number) {
        long value = number.longValue();
        if (value != 0 && value != 1) {
            throw new DataException("a truth value is 0 or 1, and the number is another one");
        }
        return value == 1;
    }

    private Object instant(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        return switch (column) {
            case INSTANT -> instant.atOffset(ZoneOffset.UTC);
            case DATE -> local.toLocalDate();
            case TEXT, OTHER -> instant.toString();
            default -> local;
        };
    }

    private Object date(LocalDate date) {
        return switch (column) {
            case TIMESTAMP -> date.atStartOfDay();
            case INSTANT -> date.atStartOfDay(zone).toOffsetDateTime();
            case TEXT, OTHER -> date.toString();
            default -> date;
        };
    }
}
