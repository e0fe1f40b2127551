package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.StructSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes writers for schemas, so that no record asks what its schema is. Pure. */
final class ValueWriters {
    private static final String SEND = "Correct it where it is made, or filter such records out.";

    private final BodyRules rules;

    ValueWriters(BodyRules rules) {
        this.rules = rules;
    }

    /** Returns the writer of a schema. */
    ValueWriter of(Schema schema) {
        return of(schema, Omitted.NONE);
    }

    private ValueWriter of(Schema schema, Omitted omitted) {
        LogicalType logical = schema.logicalType().orElse(null);
        return logical == null ? plain(schema, omitted) : logical(logical);
    }

    private ValueWriter plain(Schema schema, Omitted omitted) {
        return switch (schema.type()) {
            case INT8, INT16, INT32 -> (out, value) -> out.writeNumber(((Number) value).intValue());
            case INT64 -> (out, value) -> out.writeNumber((Long) value);
            case FLOAT32 -> this::writeFloat;
            case FLOAT64 -> this::writeDouble;
            case BOOLEAN -> (out, value) -> out.writeBoolean((Boolean) value);
            case STRING -> (out, value) -> out.writeString((String) value);
            case BYTES -> ValueWriters::writeBytes;
            case ARRAY -> array(((ArraySchema) schema).items(), omitted);
            case MAP -> map((MapSchema) schema, omitted);
            case STRUCT -> struct((StructSchema) schema, FieldRules.ALL, omitted);
        };
    }

    private ValueWriter logical(LogicalType type) {
        boolean asText = rules.times() == MappingKeys.TimeFormat.ISO;
        return switch (type) {
            case DECIMAL -> this::writeDecimal;
            case DATE -> (out, value) -> out.writeString(value.toString());
            case TIME ->
                asText
                        ? (out, value) -> out.writeString(TimeTexts.ofTime((LocalTime) value))
                        : (out, value) -> out.writeNumber(((LocalTime) value).toNanoOfDay() / 1_000_000);
            case MICRO_TIME ->
                asText
                        ? (out, value) -> out.writeString(TimeTexts.ofTime((LocalTime) value))
                        : (out, value) -> out.writeNumber(((LocalTime) value).toNanoOfDay() / 1_000);
            case TIMESTAMP ->
                asText
                        ? (out, value) -> out.writeString(value.toString())
                        : (out, value) -> out.writeNumber(((Instant) value).toEpochMilli());
            case MICRO_TIMESTAMP ->
                asText
                        ? (out, value) -> out.writeString(value.toString())
                        : (out, value) -> out.writeNumber(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
        };
    }

    private void writeFloat(JsonGenerator out, Object value) throws IOException {
        float number = (Float) value;
        if (Float.isFinite(number)) {
            out.writeNumber(number);
        } else {
            writeNotFinite(out);
        }
    }

    private void writeDouble(JsonGenerator out, Object value) throws IOException {
        double number = ((Number) value).doubleValue();
        if (Double.isFinite(number)) {
            out.writeNumber(number);
        } else {
            writeNotFinite(out);
        }
    }

    private void writeNotFinite(JsonGenerator out) throws IOException {
        if (rules.notFinite() == MappingKeys.NotFinite.FAIL) {
            throw new BadValueException(
                    "it is NaN or infinite, or larger than a 64 bit fraction, which JSON does not have",
                    "Set not.finite.numbers=null to write null, or decimal.format for decimals of any size.");
        }
        out.writeNull();
    }

    private void writeDecimal(JsonGenerator out, Object value) throws IOException {
        BigDecimal decimal = (BigDecimal) value;
        switch (rules.decimals()) {
            case DOUBLE -> writeDouble(out, decimal);
            case NUMBER, SCALED -> out.writeNumber(decimal);
            case TEXT -> out.writeString(decimal.toString());
        }
    }

    private static void writeBytes(JsonGenerator out, Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            out.writeBinary(bytes);
            return;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        out.writeBinary(copy);
    }

    private ValueWriter array(Schema items, Omitted omitted) {
        MemberWriter writer = orNull(items, omitted);
        return (out, value) -> {
            out.writeStartArray();
            int index = 0;
            for (Object item : (List<?>) value) {
                writeMember(out, writer, item, Integer.toString(index++));
            }
            out.writeEndArray();
        };
    }

    private ValueWriter map(MapSchema schema, Omitted omitted) {
        MemberWriter values = orNull(schema.values(), omitted.in("value"));
        if (rules.compactsMaps()
                && schema.keys().type() == SchemaType.STRING
                && !schema.keys().isOptional()) {
            return (out, value) -> writeObject(out, (Map<?, ?>) value, values);
        }
        MemberWriter keys = orNull(schema.keys(), omitted.in("key"));
        return (out, value) -> writeEntries(out, (Map<?, ?>) value, keys, values);
    }

    private static void writeObject(JsonGenerator out, Map<?, ?> map, MemberWriter values) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = (String) entry.getKey();
            out.writeFieldName(name);
            writeMember(out, values, entry.getValue(), name);
        }
        out.writeEndObject();
    }

    private static void writeEntries(JsonGenerator out, Map<?, ?> map, MemberWriter keys, MemberWriter values)
            throws IOException {
        out.writeStartArray();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeStartObject();
            out.writeFieldName("key");
            writeMember(out, keys, entry.getKey(), "key");
            out.writeFieldName("value");
            writeMember(out, values, entry.getValue(), "value");
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeMember(JsonGenerator out, MemberWriter writer, @Nullable Object value, String name)
            throws IOException {
        try {
            writer.write(out, value);
        } catch (BadValueException bad) {
            throw bad.in(name);
        }
    }

    /** Returns the writer of a schema that takes null as well: its default, null, or a fault. */
    private MemberWriter orNull(Schema schema, Omitted omitted) {
        ValueWriter writer = of(schema, omitted);
        Object replacement = rules.replacesNull() ? schema.defaultValue() : null;
        boolean takesNull = schema.isOptional();
        return (out, value) -> {
            Object given = value == null ? replacement : value;
            if (given != null) {
                writer.write(out, given);
            } else if (takesNull) {
                out.writeNull();
            } else {
                throw new BadValueException("it is null, but its schema requires a value", SEND);
            }
        };
    }

    /** Returns the writer of a struct of which only some fields are written, or under other names. */
    StructWriter struct(StructSchema schema, FieldRules fields, Omitted omitted) {
        return StructWriter.of(schema, fields, omitted, this::orNull);
    }
}
