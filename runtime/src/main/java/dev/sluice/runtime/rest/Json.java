package dev.sluice.runtime.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers. A body is made of maps, iterables, texts, numbers, truth values and nulls, and is written by Jackson's
 * generator: data binding would cost a start a tenth of a second.
 */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static byte[] bytes(@Nullable Object body) {
        return write(body, false);
    }

    /** Writes for people: one field per line. */
    static byte[] indented(@Nullable Object body) {
        return write(body, true);
    }

    private static byte[] write(@Nullable Object body, boolean isIndented) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            if (isIndented) {
                generator.useDefaultPrettyPrinter();
            }
            write(generator, body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory should be writable", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
            return;
        }
        if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
            return;
        }
        generator.writePOJO(value); // without data binding: texts, numbers, truth values, null
    }
}
