package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises the change events of Debezium, as structs and as maps: {@code before}, {@code after}, {@code source}, {@code op}. */
final class Envelope {
    private static final String SCHEMA_NAME_END = ".Envelope";

    private Envelope() {}

    static boolean is(StructSchema schema) {
        String name = schema.name();
        return name != null
                && name.endsWith(SCHEMA_NAME_END)
                && schema.field("op").isPresent()
                && (schema.field("after").isPresent() || schema.field("before").isPresent());
    }

    static boolean is(Map<?, ?> map) {
        return map.get("op") instanceof String op
                && op.length() == 1
                && map.containsKey("source")
                && (map.get("after") instanceof Map || map.get("before") instanceof Map || op.equals("t"));
    }

    /** Returns what a struct or map holds under a name, or null. */
    static @Nullable Object part(@Nullable Object whole, String name) {
        if (whole instanceof Struct struct) {
            return struct.schema().field(name).isPresent() ? struct.get(name) : null;
        }
        return whole instanceof Map<?, ?> map ? map.get(name) : null;
    }

    static Row.Op op(Object event) {
        return switch (String.valueOf(part(event, "op"))) {
            case "d" -> Row.Op.DELETE;
            case "t" -> Row.Op.TRUNCATE;
            case "m" -> Row.Op.NONE;
            default -> Row.Op.WRITE;
        };
    }
}
