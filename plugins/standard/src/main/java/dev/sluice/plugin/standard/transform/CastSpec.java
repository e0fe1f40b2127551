package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Cast} casts.
 *
 * @param whole the type of the whole key or value, or null if fields are cast
 * @param fields the types of fields by name
 */
record CastSpec(@Nullable CastType whole, Map<String, CastType> fields) {
    private static final String TYPES = "int8, int16, int32, int64, float32, float64, boolean, string";

    static final Check<List<String>> CHECK = new Check<>() {
        @Override
        public String words() {
            return "one type, or a list of pairs field:type, with the types " + TYPES;
        }

        @Override
        public boolean accepts(List<String> parts) {
            return !parts.isEmpty() && problemOf(parts) == null;
        }

        @Override
        public String problem(List<String> parts) {
            String problem = problemOf(parts);
            return problem == null ? "it must be " + words() : problem;
        }
    };

    private static @Nullable String problemOf(List<String> parts) {
        for (String part : parts) {
            String[] pair = part.split(":", 0);
            if (pair.length == 1 && parts.size() > 1) {
                return "'" + part + "' names no field, which it must in a list of several; write field:type";
            }
            if (pair.length == 0 || pair.length > 2) {
                return "'" + part + "' is neither a type nor a pair field:type";
            }
            String type = pair[pair.length - 1].trim();
            if (CastType.named(type).isEmpty()) {
                return "'" + type + "' is not one of the types " + TYPES;
            }
        }
        return null;
    }

    /** Reads a list that passed the check. */
    static CastSpec of(List<String> parts) {
        Map<String, CastType> fields = new LinkedHashMap<>();
        CastType whole = null;
        for (String part : parts) {
            String[] pair = part.split(":", 0);
            CastType type = CastType.named(pair[pair.length - 1].trim()).orElseThrow();
            if (pair.length == 1) {
                whole = type;
            } else {
                fields.put(pair[0].trim(), type);
            }
        }
        return new CastSpec(whole, fields);
    }
}
