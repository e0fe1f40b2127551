package dev.sluice.plugin.standard;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Header values as text; {@link HeaderParser} reads it. */
public final class HeaderText {
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'");
    static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private HeaderText() {}

    /** Returns the text of a value that is not null. */
    public static String of(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return base64(buffer);
        }
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    /** Appends a value as it stands inside of lists and maps, where text is in quotes. */
    private static void append(StringBuilder text, @Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof String string) {
            appendQuoted(text, string);
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            appendQuoted(text, of(value));
        } else if (value instanceof List<?> list) {
            appendList(text, list);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(text, map);
        } else if (value instanceof Struct struct) {
            appendStruct(text, struct);
        } else {
            text.append(temporal(value));
        }
    }

    private static String base64(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void appendQuoted(StringBuilder text, String value) {
        text.append('"')
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }

    private static void appendList(StringBuilder text, List<?> list) {
        text.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            append(text, items.next());
            text.append(items.hasNext() ? "," : "");
        }
        text.append(']');
    }

    private static void appendMap(StringBuilder text, Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            append(text, entry.getKey());
            text.append(':');
            append(text, entry.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private static void appendStruct(StringBuilder text, Struct struct) {
        text.append('{');
        for (Field field : struct.schema().fields()) {
            text.append(field.index() == 0 ? "" : ",");
            appendQuoted(text, field.name());
            text.append(':');
            append(text, struct.get(field.index()));
        }
        text.append('}');
    }

    private static String temporal(Object value) {
        if (value instanceof LocalDate day) {
            return DAY.format(day);
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (value instanceof Instant instant) {
            return INSTANT.format(instant.atOffset(ZoneOffset.UTC));
        }
        throw new DataException("Cannot write a " + value.getClass().getName()
                + " as a header: expected a text, number, boolean, bytes, list, map, struct, day, time or instant.");
    }
}
