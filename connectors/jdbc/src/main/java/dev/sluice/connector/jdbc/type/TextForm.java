package dev.sluice.connector.jdbc.type;

import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column as PostgreSQL reads them from text. One thread. */
@FunctionalInterface
interface TextForm {
    /**
     * Adds a value.
     *
     * @throws DataException if the value cannot stand in the column; the message is a clause
     */
    void write(Object value, TextBuffer out);

    /** Returns the form of values of a kind in a column of a kind. */
    static TextForm of(ValueKind value, ColumnKind column, ZoneId zone) {
        TimeText times = new TimeText(zone);
        return switch (value) {
            case WHOLE -> (number, out) -> out.number(((Number) number).longValue());
            case FRACTION, DECIMAL, UUID -> (number, out) -> out.ascii(number.toString());
            case BOOLEAN -> (truth, out) -> out.ascii(word((Boolean) truth, column));
            case TEXT, JSON -> (text, out) -> out.text(text.toString());
            case BYTES -> (bytes, out) -> out.text("\\x" + HexFormat.of().formatHex(Plain.bytes(bytes)));
            case DATE -> (date, out) -> times.date((LocalDate) date, out);
            case TIME -> (time, out) -> times.time((LocalTime) time, out);
            case INSTANT -> instant(column, times);
            case ARRAY -> column == ColumnKind.ARRAY ? (list, out) -> out.text(array((List<?>) list)) : json();
            case NESTED -> json();
            case ANY -> column == ColumnKind.JSON ? json() : any(column, zone);
        };
    }

    private static TextForm json() {
        return (value, out) -> out.text(JsonText.of(value));
    }

    private static String word(boolean truth, ColumnKind column) {
        if (column == ColumnKind.WHOLE || column == ColumnKind.DECIMAL) {
            return truth ? "1" : "0";
        }
        return Boolean.toString(truth);
    }

    private static TextForm instant(ColumnKind column, TimeText times) {
        return switch (column) {
            case INSTANT, TEXT, OTHER -> (instant, out) -> times.instant((Instant) instant, out);
            default -> (instant, out) -> times.timestamp((Instant) instant, out);
        };
    }

    /** Chooses by each value's class, for data without a schema. */
    private static TextForm any(ColumnKind column, ZoneId zone) {
        Map<ValueKind, TextForm> forms = new EnumMap<>(ValueKind.class);
        return (value, out) -> {
            ValueKind kind = Plain.kindOf(value);
            TextForm form = forms.get(kind);
            if (form == null) {
                if (!kind.fits(column)) {
                    throw new DataException("the value is " + kind + " and the column " + column);
                }
                form = of(kind, column, zone);
                forms.put(kind, form);
            }
            form.write(value, out);
        };
    }

    /** Returns an array in PostgreSQL's own notation, see "Array Input and Output Syntax" in its manual. */
    private static String array(List<?> items) {
        StringBuilder text = new StringBuilder("{");
        for (Object item : items) {
            if (text.length() > 1) {
                text.append(',');
            }
            addItem(item, text);
        }
        return text.append('}').toString();
    }

    private static void addItem(@Nullable Object item, StringBuilder text) {
        if (item == null) {
            text.append("NULL");
        } else if (item instanceof List<?> inner) {
            text.append(array(inner));
        } else if (item instanceof Number && !(item instanceof BigDecimal)) {
            text.append(item);
        } else {
            TextBuffer buffer = TextBuffer.plain();
            of(Plain.kindOf(item), ColumnKind.OTHER, ZoneOffset.UTC).write(item, buffer);
            String written = buffer.toString();
            text.append('"')
                    .append(written.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
    }
}
