package dev.sluice.plugin.standard;

import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.testkit.Generated;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random schemas with values that fit them. */
public final class GeneratedData {
    private static final int DEPTH_MAX = 3;
    private static final List<SchemaType> PRIMITIVES =
            Stream.of(SchemaType.values()).filter(type -> !type.isComposite()).toList();

    private final Generated random;
    private final boolean hasSpecialFloats;

    /** Creates a generator whose floats may be NaN, infinite or -0.0 if asked for. */
    public GeneratedData(Generated random, boolean hasSpecialFloats) {
        this.random = random;
        this.hasSpecialFloats = hasSpecialFloats;
    }

    /** Returns any schema. */
    public Schema schema() {
        return schema(0);
    }

    private Schema schema(int depth) {
        Schema schema = traits(plain(depth));
        // Arrays of bytes have no equality, and null in a composite default is replaced when it is read.
        boolean canDefault = !schema.type().isComposite()
                && (schema.type() != SchemaType.BYTES || schema.logicalType().isPresent());
        return canDefault && random.chance(5) ? schema.withDefault(present(schema)) : schema;
    }

    private Schema traits(Schema plain) {
        Schema schema = random.chance(3) ? plain.optional() : plain;
        schema = random.chance(6) ? schema.withDoc(random.text()) : schema;
        if (schema.logicalType().isPresent()) {
            return schema;
        }
        schema = random.chance(5) ? schema.withName("n" + random.text()).withVersion(random.below(9)) : schema;
        return random.chance(5)
                ? schema.withParameter("z" + random.below(9), random.text())
                        .withParameter("a", "1")
                        .withParameter("m", "")
                : schema;
    }

    private Schema plain(int depth) {
        int choice = random.below(depth < DEPTH_MAX ? 20 : 15);
        if (choice < 9) {
            return Schema.of(PRIMITIVES.get(choice));
        }
        return switch (choice) {
            case 9 -> LogicalType.decimal(random.below(12) - 3);
            case 10 -> LogicalType.DATE.schema();
            case 11 -> LogicalType.TIME.schema();
            case 12 -> LogicalType.TIMESTAMP.schema();
            case 13 -> LogicalType.MICRO_TIME.schema();
            case 14 -> LogicalType.MICRO_TIMESTAMP.schema();
            case 15 -> Schema.array(schema(depth + 1));
            case 16 -> Schema.map(key(depth), schema(depth + 1));
            default -> struct(depth);
        };
    }

    /** Keys need equality, and Kafka Connect reads NaN keys as 0. */
    private Schema key(int depth) {
        Schema key = schema(depth + 1).required().withDefault(null);
        return key.type() == SchemaType.BYTES || key.type().isComposite() ? Schema.STRING : key;
    }

    private StructSchema struct(int depth) {
        StructSchema.Builder builder = Schema.struct();
        for (int i = random.below(6); i >= 0; i--) {
            builder.field(i + random.line(), schema(depth + 1));
        }
        return builder.build();
    }

    /** Returns a value of the schema; null only where it is optional. */
    public @Nullable Object value(Schema schema) {
        return schema.isOptional() && random.chance(3) ? null : present(schema);
    }

    private Object present(Schema schema) {
        LogicalType logical = schema.logicalType().orElse(null);
        if (logical != null) {
            return rich(schema, logical);
        }
        return switch (schema.type()) {
            case INT8 -> (byte) random.wholeNumber();
            case INT16 -> (short) random.wholeNumber();
            case INT32 -> (int) random.wholeNumber();
            case INT64 -> random.wholeNumber();
            case FLOAT32 -> (float) floating();
            case FLOAT64 -> floating();
            case BOOLEAN -> random.chance(2);
            case STRING -> random.text();
            case BYTES -> random.chance(2) ? random.bytes() : ByteBuffer.wrap(random.bytes());
            case ARRAY -> list((ArraySchema) schema);
            case MAP -> map((MapSchema) schema);
            case STRUCT -> struct((StructSchema) schema);
        };
    }

    private double floating() {
        if (hasSpecialFloats && random.chance(8)) {
            return random.pick(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        }
        double value = random.fraction();
        if (Float.isInfinite((float) value)) {
            return 1.5;
        }
        return hasSpecialFloats || (float) value != 0 ? value : 0.0;
    }

    private Object rich(Schema schema, LogicalType logical) {
        return switch (logical) {
            case DECIMAL ->
                new BigDecimal(
                                new BigInteger(1 + random.below(90), new java.util.Random(random.wholeNumber())),
                                LogicalType.scale(schema))
                        .multiply(BigDecimal.valueOf(random.chance(2) ? 1 : -1));
            case DATE -> LocalDate.ofEpochDay(random.below(80_000) - 40_000);
            case TIME -> LocalTime.ofNanoOfDay(random.below(86_400_000) * 1_000_000L);
            case TIMESTAMP -> Instant.ofEpochMilli(random.wholeNumber() >> 20);
            case MICRO_TIME ->
                LocalTime.ofNanoOfDay(random.below(86_400_000) * 1_000_000L + random.below(1000) * 1000L);
            case MICRO_TIMESTAMP ->
                Instant.EPOCH.plus(random.wholeNumber() >> 10, java.time.temporal.ChronoUnit.MICROS);
        };
    }

    private List<@Nullable Object> list(ArraySchema schema) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.below(4); i > 0; i--) {
            list.add(value(schema.items()));
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> map(MapSchema schema) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.below(4); i > 0; i--) {
            map.put(value(schema.keys()), value(schema.values()));
        }
        return map;
    }

    private Struct struct(StructSchema schema) {
        var builder = Struct.builder(schema);
        for (Field field : schema.fields()) {
            builder.set(field.index(), value(field.schema()));
        }
        return builder.build();
    }

    /** Returns a value as schemaless data has it. */
    public @Nullable Object schemaless() {
        return schemaless(0);
    }

    private @Nullable Object schemaless(int depth) {
        return switch (random.below(depth < DEPTH_MAX ? 10 : 7)) {
            case 0 -> null;
            case 1 -> random.wholeNumber();
            case 2 -> (int) random.wholeNumber();
            case 3 -> floating();
            case 4 -> random.chance(2);
            case 5 -> random.bytes();
            case 6 -> random.text();
            case 7 -> schemalessList(depth);
            default -> schemalessMap(depth);
        };
    }

    private List<@Nullable Object> schemalessList(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.below(5); i > 0; i--) {
            list.add(schemaless(depth + 1));
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> schemalessMap(int depth) {
        boolean hasOtherKeys = random.chance(5);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.below(5); i > 0; i--) {
            map.put(hasOtherKeys && random.chance(2) ? random.wholeNumber() : random.text(), schemaless(depth + 1));
        }
        return map;
    }
}
