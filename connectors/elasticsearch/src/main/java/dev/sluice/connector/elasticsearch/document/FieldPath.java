package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to a field within structs and maps: {@code customer.region}, or a JSON pointer, {@code /customer/region}.
 *
 * @param names the names from outside to inside
 */
record FieldPath(List<String> names) {
    FieldPath {
        names = List.copyOf(names);
    }

    /** Reads a path; a text that starts with a slash is a JSON pointer. */
    static FieldPath parse(String text) {
        if (!text.startsWith("/")) {
            return new FieldPath(List.of(text.split("\\.", -1)));
        }
        return new FieldPath(List.of(text.substring(1).split("/", -1)).stream()
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList());
    }

    /** Returns the value there, or null if there is none. A name with dots is found where it stands as it is, too. */
    @Nullable
    Object of(@Nullable Object value) {
        Object whole = names.size() > 1 ? member(value, String.join(".", names)) : null;
        if (whole != null) {
            return whole;
        }
        Object found = value;
        for (String name : names) {
            found = member(found, name);
        }
        return found;
    }

    private static @Nullable Object member(@Nullable Object value, String name) {
        if (value instanceof Struct struct) {
            Field field = struct.schema().field(name).orElse(null);
            return field == null ? null : struct.get(field.index());
        }
        return value instanceof Map<?, ?> map ? map.get(name) : null;
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
