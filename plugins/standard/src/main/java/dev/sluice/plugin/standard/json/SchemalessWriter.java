package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values without a schema by their Java class. Big numbers and structs, which Kafka Connect refuses without a
 * schema, are written too.
 */
final class SchemalessWriter implements ValueWriter {
    private final ValueWriters writers;
    private @Nullable StructSchema lastSchema;
    private ValueWriter lastWriter = this;

    SchemalessWriter(ValueWriters writers) {
        this.writers = writers;
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Number number) {
            writeNumber(out, number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof byte[] bytes) {
            out.writeBinary(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            ValueWriters.writeBuffer(out, buffer);
        } else {
            writeComposite(out, value);
        }
    }

    private static void writeNumber(JsonGenerator out, Number value) throws IOException {
        if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            out.writeNumber(value.intValue());
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Float number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            out.writeNumber(number);
        } else {
            throw unknown(value);
        }
    }

    private void writeComposite(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else if (value instanceof List<?> list) {
            out.writeStartArray(list, list.size());
            for (Object item : list) {
                write(out, item);
            }
            out.writeEndArray();
        } else if (value instanceof Struct struct) {
            writerOf(struct.schema()).write(out, struct);
        } else {
            throw unknown(value);
        }
    }

    /** An object where every key is a string, else an array of pairs. */
    private void writeMap(JsonGenerator out, Map<?, ?> map) throws IOException {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                ValueWriters.writePairs(out, map, this, this);
                return;
            }
        }
        out.writeStartObject(map, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName((String) entry.getKey());
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    @SuppressWarnings("ReferenceEquality") // An equal schema only costs another writer.
    private ValueWriter writerOf(StructSchema schema) {
        if (schema != lastSchema) {
            lastWriter = writers.writer(schema);
            lastSchema = schema;
        }
        return lastWriter;
    }

    private static DataException unknown(Object value) {
        return new DataException("Cannot write a " + value.getClass().getName()
                + " as JSON without a schema: expected a string, number, boolean, bytes, list, map, struct or null."
                + " Give the record a schema.");
    }
}
