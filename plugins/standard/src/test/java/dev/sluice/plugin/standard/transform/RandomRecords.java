package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.record.TimestampType;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.plugin.standard.GeneratedData;
import dev.sluice.testkit.Generated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random records whose fields have names that settings can name, and hold everything that a field can hold. */
final class RandomRecords {
    /** The names of fields at the root. */
    static final List<String> NAMES = List.of("id", "name", "a.b", "Größe", "at", "inner", "x`y");

    private final Generated random;
    private final GeneratedData data;

    RandomRecords(Generated random) {
        this.random = random;
        this.data = new GeneratedData(random, true);
    }

    ConnectRecord<?> record() {
        return random.chance(2) ? sourceRecord() : sinkRecord();
    }

    private SourceRecord sourceRecord() {
        return new SourceRecord(
                topic(),
                random.chance(2) ? null : random.below(9),
                part(),
                part(),
                random.chance(3) ? null : timestamp(),
                headers(),
                new SourcePosition(Map.of(), Map.of()));
    }

    private SinkRecord sinkRecord() {
        String topic = topic();
        RecordCoordinates origin = new RecordCoordinates(new TopicPartition(topic, 3), random.below(100));
        return new SinkRecord(
                topic,
                3,
                part(),
                part(),
                random.chance(3) ? null : timestamp(),
                TimestampType.CREATE_TIME,
                headers(),
                origin);
    }

    private String topic() {
        return random.pick(List.of("orders", "orders-eu", "ORDERS", "x", "$1", "a\\b"));
    }

    private long timestamp() {
        return random.wholeNumber() >> 20;
    }

    private Headers headers() {
        Headers headers = Headers.EMPTY;
        for (int i = random.below(4); i > 0; i--) {
            headers = headers.with(random.pick(List.of("trace", "span", "other")), random.text());
        }
        return headers;
    }

    /** Returns a key or value: a struct, a map, something else, or null with and without a schema. */
    SchemaAndValue part() {
        return switch (random.below(12)) {
            case 0 -> SchemaAndValue.NULL;
            case 1 -> SchemaAndValue.of(struct(1).optional(), null);
            case 2 -> any();
            case 3 -> SchemaAndValue.schemaless(data.schemaless());
            case 4, 5, 6 -> SchemaAndValue.schemaless(map(0));
            default -> structPart();
        };
    }

    private SchemaAndValue any() {
        Schema schema = data.schema();
        return SchemaAndValue.of(schema, data.value(schema));
    }

    private SchemaAndValue structPart() {
        StructSchema schema = struct(0);
        schema = random.chance(4) ? (StructSchema) schema.optional() : schema;
        schema = random.chance(3) ? (StructSchema) schema.withName("Order").withVersion(random.below(5)) : schema;
        schema =
                random.chance(4) ? (StructSchema) schema.withDoc("About orders").withParameter("p", "1") : schema;
        return SchemaAndValue.of(schema, value(schema));
    }

    private StructSchema struct(int depth) {
        StructSchema.Builder builder = Schema.struct();
        for (String name : NAMES) {
            if (!random.chance(4)) {
                builder = builder.field(name, fieldSchema(name, depth));
            }
        }
        return builder.build();
    }

    private Schema fieldSchema(String name, int depth) {
        if (name.equals("inner") && depth < 2) {
            return random.chance(2) ? struct(depth + 1) : struct(depth + 1).optional();
        }
        if (name.equals("at")) {
            return timestampSchema();
        }
        Schema schema = random.chance(3) ? data.schema() : simple();
        boolean canDefault = !schema.type().isComposite() && schema.defaultValue() == null;
        boolean isBytes = schema.logicalType().isEmpty() && schema.type() == dev.sluice.api.data.SchemaType.BYTES;
        return canDefault && !isBytes && random.chance(3) ? withDefault(schema) : schema;
    }

    private Schema withDefault(Schema schema) {
        Object value = data.value(schema);
        return value == null ? schema : schema.withDefault(value);
    }

    private Schema simple() {
        Schema schema = random.pick(List.of(
                Schema.STRING,
                Schema.INT8,
                Schema.INT32,
                Schema.INT64,
                Schema.FLOAT32,
                Schema.FLOAT64,
                Schema.BOOLEAN,
                Schema.BYTES));
        return random.chance(3) ? schema.optional() : schema;
    }

    private Schema timestampSchema() {
        Schema schema = random.pick(List.of(
                Schema.INT64,
                Schema.STRING,
                LogicalType.TIMESTAMP.schema(),
                LogicalType.DATE.schema(),
                LogicalType.TIME.schema(),
                Schema.INT32));
        return random.chance(3) ? schema.optional() : schema;
    }

    /** Optional values may be null in spite of a default, which the builder of structs would fill in. */
    private Struct value(StructSchema schema) {
        @Nullable Object[] values = new @Nullable Object[schema.fields().size()];
        for (Field field : schema.fields()) {
            values[field.index()] = fieldValue(field);
        }
        return Struct.ofFitting(schema, values);
    }

    private @Nullable Object fieldValue(Field field) {
        Schema schema = field.schema();
        if (schema.isOptional() && random.chance(3)) {
            return null;
        }
        if (schema instanceof StructSchema inner && field.name().equals("inner")) {
            return value(inner);
        }
        if (schema.type() == dev.sluice.api.data.SchemaType.STRING) {
            return text();
        }
        return data.value(schema);
    }

    private String text() {
        return random.pick(
                List.of("", "17", "-3.5", "300", "true", "TRUE", "2024-02-29", "NaN", " 1", "x", "1e3", "0x1"));
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (!random.chance(4)) {
                map.put(name, mapValue(name, depth));
            }
        }
        return map;
    }

    private @Nullable Object mapValue(String name, int depth) {
        if (name.equals("inner") && depth < 2 && !random.chance(4)) {
            return map(depth + 1);
        }
        return switch (random.below(4)) {
            case 0 -> text();
            case 1 -> timestamp();
            default -> data.schemaless();
        };
    }
}
