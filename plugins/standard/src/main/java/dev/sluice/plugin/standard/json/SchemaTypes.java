package dev.sluice.plugin.standard.json;

import dev.sluice.api.data.SchemaType;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names of schema types in JSON schemas; they differ from the usual ones for {@code float} and {@code double}. */
final class SchemaTypes {
    private static final Map<String, SchemaType> BY_NAME = Stream.of(SchemaType.values())
            .collect(Collectors.toUnmodifiableMap(SchemaTypes::nameOf, Function.identity()));

    private SchemaTypes() {}

    static String nameOf(SchemaType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case INT8, INT16, INT32, INT64, BOOLEAN, STRING, BYTES, ARRAY, MAP, STRUCT -> type.wireName();
        };
    }

    static @Nullable SchemaType byName(String name) {
        return BY_NAME.get(name);
    }
}
