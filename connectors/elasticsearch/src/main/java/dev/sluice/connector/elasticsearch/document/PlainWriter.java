package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes values without a schema, by their classes. */
final class PlainWriter implements MemberWriter {
    private final ValueWriters writers;
    private final Map<Class<?>, ValueWriter> byClass = new LinkedHashMap<>();

    PlainWriter(ValueWriters writers) {
        this.writers = writers;
        of(Byte.class, Schema.INT8);
        of(Short.class, Schema.INT16);
        of(Integer.class, Schema.INT32);
        of(Long.class, Schema.INT64);
        of(Float.class, Schema.FLOAT32);
        of(Double.class, Schema.FLOAT64);
        of(Boolean.class, Schema.BOOLEAN);
        of(String.class, Schema.STRING);
        of(byte[].class, Schema.BYTES);
        of(BigDecimal.class, LogicalType.decimal(0));
        of(Instant.class, LogicalType.TIMESTAMP.schema());
        of(LocalDate.class, LogicalType.DATE.schema());
        of(LocalTime.class, LogicalType.TIME.schema());
        byClass.put(BigInteger.class, (out, value) -> out.writeNumber((BigInteger) value));
    }

    private void of(Class<?> type, Schema schema) {
        byClass.put(type, writers.of(schema));
    }

    @Override
    public void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            writeMembers(out, map, FieldRules.ALL, Map.of());
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            writeList(out, list);
        } else {
            writer(value).write(out, value);
        }
    }

    private ValueWriter writer(Object value) {
        ValueWriter known = byClass.get(value.getClass());
        if (known != null) {
            return known;
        }
        if (value instanceof Struct struct) {
            return writers.of(struct.schema());
        }
        return Optional.ofNullable(value instanceof ByteBuffer ? writers.of(Schema.BYTES) : null)
                .orElseThrow(() -> new BadValueException(
                        "it is a " + value.getClass().getName() + ", for which JSON has no form",
                        "Convert it by a transformation."));
    }

    private void writeList(JsonGenerator out, List<?> list) throws IOException {
        out.writeStartArray();
        int index = 0;
        for (Object item : list) {
            writeMember(out, Integer.toString(index++), item);
        }
        out.writeEndArray();
    }

    /** Writes the members of a map by their rules, but for those of which others stand in their place. */
    void writeMembers(JsonGenerator out, Map<?, ?> map, FieldRules rules, Map<String, ?> replaced) throws IOException {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = rules.name(String.valueOf(entry.getKey()));
            if (name != null && !replaced.containsKey(name)) {
                out.writeFieldName(name);
                writeMember(out, name, entry.getValue());
            }
        }
    }

    private void writeMember(JsonGenerator out, String name, @Nullable Object value) throws IOException {
        try {
            write(out, value);
        } catch (BadValueException bad) {
            throw bad.in(name);
        }
    }
}
