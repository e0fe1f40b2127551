package dev.sluice.api.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says beside its type.
 *
 * @param isOptional whether null is a value
 * @param name the schema's name; a logical type's name gives the value another Java type, see {@link LogicalType}
 * @param version the schema's version, by the author's own counting
 * @param doc a sentence for people
 * @param parameters further facts, such as the scale of a decimal; never null
 * @param defaultValue the value of a field that was left out, or null for none
 */
public record SchemaTraits(
        boolean isOptional,
        @Nullable String name,
        @Nullable Integer version,
        @Nullable String doc,
        Map<String, String> parameters,
        @Nullable Object defaultValue) {
    /** A required value without name, version, doc, parameters and default. */
    public static final SchemaTraits PLAIN = new SchemaTraits(false, null, null, null, Map.of(), null);

    /** Copies the parameters in, in their order, which decides about the bytes of written schemas. */
    public SchemaTraits {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
