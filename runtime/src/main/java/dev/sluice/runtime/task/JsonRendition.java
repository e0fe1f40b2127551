package dev.sluice.runtime.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders the key or value of a source's record that could not be converted: bytes that were never decoded as they are,
 * plain bytes too, everything else as JSON without a schema.
 *
 * <p>Nothing is lost but what JSON has no word for: bytes inside a value are Base64, dates and times are in ISO 8601, maps
 * with keys other than texts are lists of pairs, and numbers that are not finite are texts. Pure functions.
 */
final class JsonRendition {
    static final String BYTES = "application/octet-stream";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonRendition() {}

    /** Returns the bytes of a dead letter's key or value, or null for null. */
    static byte @Nullable [] bytes(SchemaAndValue data) {
        Encoded encoded = data.encoded().orElse(null);
        if (encoded != null) {
            return encoded.bytes();
        }
        Object value = data.value();
        if (value instanceof byte[] plain) {
            return plain;
        }
        if (value instanceof ByteBuffer buffer) {
            return copy(buffer);
        }
        return value == null ? null : json(value);
    }

    /** Returns what these bytes are, or null for null. */
    static @Nullable String mediaType(SchemaAndValue data) {
        Encoded encoded = data.encoded().orElse(null);
        if (encoded != null) {
            return encoded.mediaType();
        }
        Object value = data.value();
        if (value == null) {
            return null;
        }
        return value instanceof byte[] || value instanceof ByteBuffer ? BYTES : Encoded.JSON;
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    /** Returns any value as JSON in UTF-8. */
    static byte[] json(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(json, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Struct struct) {
            writeStruct(json, struct);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(json, map);
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else {
            writeScalar(json, value);
        }
    }

    private static void writeStruct(JsonGenerator json, Struct struct) throws IOException {
        json.writeStartObject();
        for (Field field : struct.schema().fields()) {
            json.writeFieldName(field.name());
            write(json, struct.get(field.name()));
        }
        json.writeEndObject();
    }

    private static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException {
        if (!map.keySet().stream().allMatch(String.class::isInstance)) {
            json.writeStartArray();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeStartArray();
                write(json, entry.getKey());
                write(json, entry.getValue());
                json.writeEndArray();
            }
            json.writeEndArray();
            return;
        }
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName((String) entry.getKey());
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    /** Dates and times have the forms of ISO 8601 as their texts; so has whatever else a plugin may put in. */
    private static void writeScalar(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof BigInteger whole) {
            json.writeNumber(whole);
        } else if (value instanceof Double || value instanceof Float) {
            writeFloating(json, (Number) value);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            json.writeBinary(copy(buffer));
        } else {
            json.writeString(value.toString());
        }
    }

    private static void writeFloating(JsonGenerator json, Number number) throws IOException {
        if (!Double.isFinite(number.doubleValue())) {
            json.writeString(number.toString());
        } else if (number instanceof Float single) {
            json.writeNumber(single);
        } else {
            json.writeNumber(number.doubleValue());
        }
    }
}
