package dev.sluice.testkit;

import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructBuilder;
import dev.sluice.api.data.StructSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generates schemas and values that fit them, of the types that are wanted. */
public final class GeneratedData {
    private static final int DEPTH_MAX = 3;
    private static final int SIZE_MAX = 4;

    private final Generated generated;
    private final List<SchemaType> types;
    private final List<SchemaType> plainTypes;
    private final List<LogicalType> logicalTypes;

    /**
     * Creates a generator.
     *
     * @param generated where its choices come from
     * @param types the types to use; at least one that is not composite
     * @param logicalTypes the logical types to use, where their base type is used too
     */
    public GeneratedData(Generated generated, Set<SchemaType> types, Set<LogicalType> logicalTypes) {
        this.generated = generated;
        this.types = types.stream().sorted().toList();
        this.plainTypes =
                this.types.stream().filter(type -> !type.isComposite()).toList();
        this.logicalTypes = logicalTypes.stream()
                .sorted()
                .filter(type -> types.contains(type.baseType()))
                .toList();
    }

    /** Returns any value with any schema. */
    public SchemaAndValue schemaAndValue() {
        Schema schema = schema();
        return SchemaAndValue.of(schema, value(schema));
    }

    /** Returns any schema. */
    public Schema schema() {
        return schema(DEPTH_MAX);
    }

    private Schema schema(int depth) {
        if (!logicalTypes.isEmpty() && generated.chance(4)) {
            return optionalOrNot(schema(generated.pick(logicalTypes)));
        }
        return described(schema(generated.pick(depth > 0 ? types : plainTypes), depth - 1));
    }

    /** Returns a schema of that type; parts of composite types are of any type. */
    public Schema schema(SchemaType type) {
        return schema(type, DEPTH_MAX - 1);
    }

    private Schema schema(SchemaType type, int depth) {
        return switch (type) {
            case ARRAY -> Schema.array(schema(depth));
            case MAP -> Schema.map(schema(generated.pick(plainTypes), 0), schema(depth));
            case STRUCT -> struct(depth);
            default -> Schema.of(type);
        };
    }

    private Schema struct(int depth) {
        StructSchema.Builder builder = Schema.struct();
        for (int i = generated.below(SIZE_MAX); i >= 0; i--) {
            builder = builder.field("field" + i + (generated.chance(3) ? generated.line() : ""), schema(depth));
        }
        return builder.build();
    }

    /** Returns the schema of a logical type, a decimal with any small scale. */
    public Schema schema(LogicalType type) {
        return type == LogicalType.DECIMAL ? LogicalType.decimal(generated.below(7)) : type.schema();
    }

    private Schema described(Schema schema) {
        Schema named = generated.chance(4) ? schema.withName("test.Named" + generated.below(9)) : schema;
        Schema versioned = generated.chance(4) ? named.withVersion(1 + generated.below(9)) : named;
        Schema documented = generated.chance(4) ? versioned.withDoc(generated.line()) : versioned;
        Schema detailed = generated.chance(4) ? documented.withParameter("detail", generated.line()) : documented;
        return optionalOrNot(detailed);
    }

    private Schema optionalOrNot(Schema schema) {
        return generated.chance(3) ? schema.optional() : schema;
    }

    /** Returns a value that fits the schema; null now and then where the schema allows it. */
    public @Nullable Object value(Schema schema) {
        if (schema.isOptional() && generated.chance(4)) {
            return null;
        }
        return schema.logicalType().isPresent() ? logical(schema.logicalType().get(), schema) : plain(schema);
    }

    private Object logical(LogicalType type, Schema schema) {
        return switch (type) {
            case DECIMAL -> new BigDecimal(new BigInteger(generated.bytesOfNumber()), LogicalType.scale(schema));
            case DATE -> LocalDate.ofEpochDay(generated.below(4_000_000) - 1_000_000);
            case TIME -> LocalTime.ofNanoOfDay(generated.below(86_400_000) * 1_000_000L);
            case TIMESTAMP -> Instant.ofEpochMilli(generated.wholeNumber() >> 16);
            case MICRO_TIME -> LocalTime.ofNanoOfDay(generated.below(86_400_000) * 1_000_000L + 7_000);
            case MICRO_TIMESTAMP -> Instant.EPOCH.plusNanos((generated.wholeNumber() >> 16) * 1_000);
        };
    }

    private Object plain(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> (byte) generated.wholeNumber();
            case INT16 -> (short) generated.wholeNumber();
            case INT32 -> (int) generated.wholeNumber();
            case INT64 -> generated.wholeNumber();
            case FLOAT32 -> (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, generated.fraction()));
            case FLOAT64 -> generated.fraction();
            case BOOLEAN -> generated.chance(2);
            case STRING -> generated.text();
            case BYTES -> generated.bytes();
            case ARRAY -> list(((ArraySchema) schema).items());
            case MAP -> map((MapSchema) schema);
            case STRUCT -> struct((StructSchema) schema);
        };
    }

    private List<@Nullable Object> list(Schema items) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = generated.below(SIZE_MAX); i > 0; i--) {
            list.add(value(items));
        }
        return list;
    }

    private Map<Object, @Nullable Object> map(MapSchema schema) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = generated.below(SIZE_MAX); i > 0; i--) {
            Object key = value(schema.keys().required());
            if (key != null && !(key instanceof byte[])) {
                map.put(key, value(schema.values()));
            }
        }
        return map;
    }

    private Struct struct(StructSchema schema) {
        StructBuilder builder = Struct.builder(schema);
        for (Field field : schema.fields()) {
            builder = builder.set(field.index(), value(field.schema()));
        }
        return builder.build();
    }
}
