package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the writers of schemas: once per schema, so that writing a value asks the schema nothing. */
final class ValueWriters {
    private final DecimalFormat decimalFormat;
    private final boolean replacesNullWithDefault;

    ValueWriters(DecimalFormat decimalFormat, boolean replacesNullWithDefault) {
        this.decimalFormat = decimalFormat;
        this.replacesNullWithDefault = replacesNullWithDefault;
    }

    /** Returns the writer of a schema, or that of any schemaless value for null. */
    ValueWriter writer(@Nullable Schema schema) {
        return schema == null ? new SchemalessWriter(this) : writer(schema, Place.ROOT);
    }

    private ValueWriter writer(Schema schema, Place place) {
        ValueWriter present = presentWriter(schema, place);
        Object replacement = replacesNullWithDefault ? schema.defaultValue() : null;
        if (replacement != null) {
            return (out, value) -> present.write(out, value == null ? replacement : value);
        }
        if (schema.isOptional()) {
            return (out, value) -> {
                if (value == null) {
                    out.writeNull();
                } else {
                    present.write(out, value);
                }
            };
        }
        return (out, value) -> {
            if (value == null) {
                throw new DataException("Cannot write " + place
                        + " as JSON: it is null, and its schema is required and has no default to put in its place.");
            }
            present.write(out, value);
        };
    }

    private ValueWriter presentWriter(Schema schema, Place place) {
        return LogicalType.of(schema)
                .map(logical -> logicalWriter(schema, logical, place))
                .orElseGet(() -> plainWriter(schema, place));
    }

    private ValueWriter logicalWriter(Schema schema, LogicalType logical, Place place) {
        if (logical == LogicalType.DECIMAL && decimalFormat == DecimalFormat.NUMERIC) {
            return (out, value) -> out.writeNumber(cast(BigDecimal.class, value, schema, place));
        }
        ValueWriter base = plainWriter(Schema.of(logical.baseType()), place);
        return (out, value) -> base.write(out, plainValue(schema, logical, value, place));
    }

    private static Object plainValue(Schema schema, LogicalType logical, @Nullable Object value, Place place) {
        try {
            return logical.toBase(schema, cast(logical.javaType(), value, schema, place));
        } catch (ArithmeticException tooFar) {
            throw new DataException(
                    "Cannot write " + place + " as JSON: it is outside the range of " + schema.name() + ".", tooFar);
        }
    }

    private ValueWriter plainWriter(Schema schema, Place place) {
        return switch (schema.type()) {
            case INT8 -> (out, value) -> out.writeNumber(cast(Byte.class, value, schema, place));
            case INT16 -> (out, value) -> out.writeNumber(cast(Short.class, value, schema, place));
            case INT32 -> (out, value) -> out.writeNumber(cast(Integer.class, value, schema, place));
            case INT64 -> (out, value) -> out.writeNumber(cast(Long.class, value, schema, place));
            case FLOAT32 -> (out, value) -> out.writeNumber(cast(Float.class, value, schema, place));
            case FLOAT64 -> (out, value) -> out.writeNumber(cast(Double.class, value, schema, place));
            case BOOLEAN -> (out, value) -> out.writeBoolean(cast(Boolean.class, value, schema, place));
            case STRING ->
                (out, value) -> out.writeString(
                        cast(CharSequence.class, value, schema, place).toString());
            case BYTES -> (out, value) -> writeBytes(out, value, schema, place);
            case ARRAY -> arrayWriter((ArraySchema) schema, place);
            case MAP -> mapWriter((MapSchema) schema, place);
            case STRUCT -> structWriter((StructSchema) schema, place);
        };
    }

    private static void writeBytes(JsonGenerator out, @Nullable Object value, Schema schema, Place place)
            throws IOException {
        if (value instanceof ByteBuffer buffer) {
            writeBuffer(out, buffer);
            return;
        }
        out.writeBinary(cast(byte[].class, value, schema, place));
    }

    /** Writes what remains in the buffer and leaves its position alone. */
    static void writeBuffer(JsonGenerator out, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        out.writeBinary(bytes);
    }

    private ValueWriter arrayWriter(ArraySchema schema, Place place) {
        ValueWriter items = writer(schema.items(), place.part("[]"));
        return (out, value) -> {
            List<?> list = cast(List.class, value, schema, place);
            out.writeStartArray(list, list.size());
            for (Object item : list) {
                items.write(out, item);
            }
            out.writeEndArray();
        };
    }

    private ValueWriter mapWriter(MapSchema schema, Place place) {
        ValueWriter values = writer(schema.values(), place.part("{}"));
        if (schema.keys().type() == SchemaType.STRING) {
            return (out, value) -> writeObject(out, cast(Map.class, value, schema, place), schema, values, place);
        }
        ValueWriter keys = writer(schema.keys(), place.part("{key}"));
        return (out, value) -> writePairs(out, cast(Map.class, value, schema, place), keys, values);
    }

    private void writeObject(JsonGenerator out, Map<?, ?> map, MapSchema schema, ValueWriter values, Place place)
            throws IOException {
        out.writeStartObject(map, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(name(entry.getKey(), schema.keys(), place));
            values.write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    /** A null key counts as its default, else as the name {@code null}. */
    private String name(@Nullable Object key, Schema keys, Place place) {
        Object present = key == null && replacesNullWithDefault ? keys.defaultValue() : key;
        if (present == null && keys.isOptional()) {
            return "null";
        }
        return cast(CharSequence.class, present, keys, place.part("{key}")).toString();
    }

    static void writePairs(JsonGenerator out, Map<?, ?> map, ValueWriter keys, ValueWriter values) throws IOException {
        out.writeStartArray(map, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeStartArray();
            keys.write(out, entry.getKey());
            values.write(out, entry.getValue());
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    private ValueWriter structWriter(StructSchema schema, Place place) {
        int count = schema.fields().size();
        MemberName[] names = new MemberName[count];
        ValueWriter[] writers = new ValueWriter[count];
        for (Field field : schema.fields()) {
            names[field.index()] = MemberName.of(field.name());
            writers[field.index()] = writer(field.schema(), place.field(field.name()));
        }
        return (out, value) -> {
            Struct struct = cast(Struct.class, value, schema, place);
            requireSameFields(struct.schema(), schema, place);
            out.writeStartObject(struct, count);
            for (int i = 0; i < count; i++) {
                names[i].write(out);
                writers[i].write(out, struct.get(i));
            }
            out.writeEndObject();
        };
    }

    @SuppressWarnings("ReferenceEquality") // The usual case, without comparing all fields of every record.
    private static void requireSameFields(StructSchema actual, StructSchema expected, Place place) {
        if (actual != expected && !actual.fields().equals(expected.fields())) {
            throw new DataException("Cannot write " + place + " as JSON: the struct has fields "
                    + actual.fields().stream().map(Field::name).toList() + ", its schema has other names or types for "
                    + expected.fields().stream().map(Field::name).toList() + ".");
        }
    }

    private static <T> T cast(Class<T> type, @Nullable Object value, Schema schema, Place place) {
        if (!type.isInstance(value)) {
            throw new DataException("Cannot write " + place + " as JSON: it is a "
                    + (value == null ? "null" : value.getClass().getName()) + ", its schema "
                    + schema.type().wireName() + (schema.name() == null ? "" : " " + schema.name()) + " expects "
                    + type.getSimpleName() + ".");
        }
        return type.cast(value);
    }
}
