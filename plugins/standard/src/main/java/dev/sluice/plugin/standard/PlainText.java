package dev.sluice.plugin.standard;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as text for people, in the form that Java's collections and Kafka Connect's structs print themselves in. */
final class PlainText {
    private PlainText() {}

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        if (value instanceof Struct struct) {
            appendStruct(text, struct);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(text, map);
        } else if (value instanceof List<?> list) {
            appendList(text, list);
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            throw new DataException("Cannot write bytes with StringConverter: they are no text."
                    + " Use ByteArrayConverter, or JsonConverter for values that contain bytes.");
        } else {
            text.append(value);
        }
    }

    private static void appendStruct(StringBuilder text, Struct struct) {
        text.append("Struct{");
        String separator = "";
        for (Field field : struct.schema().fields()) {
            Object value = struct.get(field.index());
            if (value != null) {
                text.append(separator).append(field.name()).append('=');
                append(text, value);
                separator = ",";
            }
        }
        text.append('}');
    }

    private static void appendMap(StringBuilder text, Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            append(text, entry.getKey());
            text.append('=');
            append(text, entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private static void appendList(StringBuilder text, List<?> list) {
        text.append('[');
        String separator = "";
        for (Object item : list) {
            text.append(separator);
            append(text, item);
            separator = ", ";
        }
        text.append(']');
    }
}
