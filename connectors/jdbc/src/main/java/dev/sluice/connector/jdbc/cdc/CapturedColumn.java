package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.connector.jdbc.type.PostgresDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column as the records of a table have it.
 *
 * @param name its name
 * @param schema the schema of its values
 * @param decoder reads them
 * @param isIdentity whether it is known of every old row
 */
record CapturedColumn(String name, Schema schema, PostgresDecoder decoder, boolean isIdentity) {
    CapturedColumn optional() {
        return new CapturedColumn(name, schema.optional(), decoder, isIdentity);
    }

    /** Returns the value that says that there is one but nobody knows it; null where the schema has none. */
    @Nullable
    Object placeholder(String text) {
        if (schema.logicalType().isPresent()) {
            return null;
        }
        return switch (schema.type()) {
            case STRING -> text;
            case BYTES -> text.getBytes(StandardCharsets.UTF_8);
            case ARRAY -> holdsTexts() ? List.of(text) : null;
            case MAP -> Map.of(text, text);
            default -> null;
        };
    }

    private boolean holdsTexts() {
        return schema instanceof ArraySchema array && array.items().type() == SchemaType.STRING;
    }
}
