package dev.sluice.plugin.standard;

import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The same schemas and values in Kafka Connect's data model. */
@SuppressWarnings("JavaUtilDate") // Kafka Connect's values are of that class.
public final class KafkaTwin {
    private KafkaTwin() {}

    /** Returns Kafka Connect's schema that says the same. */
    public static org.apache.kafka.connect.data.@Nullable Schema schema(@Nullable Schema schema) {
        return schema == null ? null : present(schema);
    }

    private static org.apache.kafka.connect.data.Schema present(Schema schema) {
        SchemaBuilder builder = builder(schema);
        if (schema.isOptional()) {
            builder.optional();
        }
        if (schema.name() != null) {
            builder.name(schema.name());
        }
        if (schema.version() != null) {
            builder.version(schema.version());
        }
        if (schema.doc() != null) {
            builder.doc(schema.doc());
        }
        schema.parameters().forEach(builder::parameter);
        if (schema.defaultValue() != null) {
            builder.defaultValue(value(schema, schema.defaultValue()));
        }
        return builder.build();
    }

    private static SchemaBuilder builder(Schema schema) {
        return switch (schema.type()) {
            case ARRAY -> SchemaBuilder.array(present(((ArraySchema) schema).items()));
            case MAP -> SchemaBuilder.map(present(((MapSchema) schema).keys()), present(((MapSchema) schema).values()));
            case STRUCT -> {
                SchemaBuilder struct = SchemaBuilder.struct();
                ((StructSchema) schema).fields().forEach(field -> struct.field(field.name(), present(field.schema())));
                yield struct;
            }
            default ->
                SchemaBuilder.type(org.apache.kafka.connect.data.Schema.Type.valueOf(
                        schema.type().name()));
        };
    }

    /** Returns Kafka Connect's value of the same meaning. */
    public static @Nullable Object value(@Nullable Schema schema, @Nullable Object value) {
        if (value instanceof Struct struct) {
            return struct(struct);
        }
        if (value instanceof List<?> list) {
            Schema items = schema instanceof ArraySchema array ? array.items() : null;
            List<@Nullable Object> twin = new ArrayList<>();
            list.forEach(item -> twin.add(value(items, item)));
            return twin;
        }
        if (value instanceof Map<?, ?> map) {
            Schema keys = schema instanceof MapSchema known ? known.keys() : null;
            Schema values = schema instanceof MapSchema known ? known.values() : null;
            Map<@Nullable Object, @Nullable Object> twin = new LinkedHashMap<>();
            map.forEach((key, item) -> twin.put(value(keys, key), value(values, item)));
            return twin;
        }
        return scalar(schema, value);
    }

    private static Object struct(Struct struct) {
        org.apache.kafka.connect.data.Struct twin = new org.apache.kafka.connect.data.Struct(present(struct.schema()));
        for (Field field : struct.schema().fields()) {
            twin.put(field.name(), value(field.schema(), struct.get(field.index())));
        }
        return twin;
    }

    private static @Nullable Object scalar(@Nullable Schema schema, @Nullable Object value) {
        if (value instanceof LocalDate day) {
            return new Date(day.toEpochDay() * 86_400_000L);
        }
        if (value == null || value instanceof BigDecimal) {
            return value;
        }
        LogicalType logical = schema == null ? null : schema.logicalType().orElse(null);
        if (schema != null && (logical == LogicalType.MICRO_TIME || logical == LogicalType.MICRO_TIMESTAMP)) {
            return logical.toBase(schema, value);
        }
        if (value instanceof LocalTime time) {
            return new Date(time.toNanoOfDay() / 1_000_000);
        }
        return value instanceof Instant instant ? Date.from(instant) : value;
    }

    /** Returns our data for data that Kafka Connect read under the twin of a schema of ours. */
    public static SchemaAndValue back(@Nullable Schema schema, org.apache.kafka.connect.data.SchemaAndValue data) {
        ConnectSchema expected = (ConnectSchema) schema(schema);
        if (expected != null && !expected.equals(data.schema())) {
            throw new AssertionError("Kafka Connect read another schema: " + data.schema() + ", not " + expected);
        }
        return SchemaAndValue.of(schema, back(schema, data.value()));
    }

    private static @Nullable Object back(@Nullable Schema schema, @Nullable Object value) {
        if (value instanceof org.apache.kafka.connect.data.Struct struct && schema instanceof StructSchema known) {
            var builder = Struct.builder(known);
            known.fields().forEach(field -> builder.set(field.name(), back(field.schema(), struct.get(field.name()))));
            return builder.build();
        }
        if (value instanceof List<?> list) {
            Schema items = schema instanceof ArraySchema array ? array.items() : null;
            List<@Nullable Object> ours = new ArrayList<>();
            list.forEach(item -> ours.add(back(items, item)));
            return ours;
        }
        if (value instanceof Map<?, ?> map) {
            Schema keys = schema instanceof MapSchema known ? known.keys() : null;
            Schema values = schema instanceof MapSchema known ? known.values() : null;
            Map<@Nullable Object, @Nullable Object> ours = new LinkedHashMap<>();
            map.forEach((key, item) -> ours.put(back(keys, key), back(values, item)));
            return ours;
        }
        return backScalar(schema, value);
    }

    private static @Nullable Object backScalar(@Nullable Schema schema, @Nullable Object value) {
        LogicalType logical = schema == null ? null : schema.logicalType().orElse(null);
        if (logical == null || schema == null || value == null || value instanceof BigDecimal) {
            return value;
        }
        if (!(value instanceof Date date)) {
            return logical.fromBase(schema, value);
        }
        Instant instant = date.toInstant();
        return switch (logical) {
            case DATE -> LocalDate.ofInstant(instant, ZoneOffset.UTC);
            case TIME -> LocalTime.ofInstant(instant, ZoneOffset.UTC);
            default -> instant;
        };
    }
}
