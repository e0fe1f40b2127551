package dev.sluice.api.data;

import dev.sluice.api.error.DataException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares values with schemas and words what does not fit. Cost: one visit per element. */
final class SchemaCheck {
    private SchemaCheck() {}

    /** Throws a {@link DataException} naming {@code place} unless the value fits. */
    static void require(Schema schema, @Nullable Object value, String place) {
        if (value == null) {
            if (!schema.isOptional()) {
                throw new DataException(
                        "Cannot use null as " + place + ": the schema " + describe(schema) + " is required.");
            }
            return;
        }
        Class<?> expected =
                LogicalType.of(schema).<Class<?>>map(LogicalType::javaType).orElse(null);
        boolean fits = expected == null ? schema.type().carries(value) : expected.isInstance(value);
        if (!fits) {
            Class<?> wanted = expected == null ? schema.type().javaType() : expected;
            throw new DataException("Cannot use a " + value.getClass().getName() + " as " + place + ": the schema "
                    + describe(schema) + " expects " + wanted.getSimpleName() + ".");
        }
        requireParts(schema, value, place);
    }

    private static void requireParts(Schema schema, Object value, String place) {
        if (schema instanceof ArraySchema array && value instanceof List<?> list) {
            int index = 0;
            for (Object item : list) {
                require(array.items(), item, place + "[" + index++ + "]");
            }
        }
        if (schema instanceof MapSchema map && value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> {
                require(map.keys(), key, "a key of " + place);
                require(map.values(), item, place + "[" + key + "]");
            });
        }
        if (schema instanceof StructSchema struct && value instanceof Struct data) {
            requireStruct(struct, data, place);
        }
    }

    private static void requireStruct(StructSchema schema, Struct value, String place) {
        if (!value.schema().fields().equals(schema.fields())) {
            throw new DataException("Cannot use a struct with fields "
                    + value.schema().fields().stream().map(Field::name).toList() + " as " + place
                    + ": the schema has "
                    + schema.fields().stream().map(Field::name).toList() + ".");
        }
        for (Field field : schema.fields()) {
            require(field.schema(), value.get(field.index()), "field '" + field.name() + "' of " + place);
        }
    }

    private static String describe(Schema schema) {
        return schema.name() == null ? schema.type().wireName() : schema.type().wireName() + " " + schema.name();
    }
}
