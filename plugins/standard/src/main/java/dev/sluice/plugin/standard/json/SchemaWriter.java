package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.StructSchema;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes schemas in Kafka Connect's JSON form. Members stand in this order, those in brackets only where there is
 * something to say:
 *
 * <pre>{@code
 * type, fields | items | keys, values, optional, [name], [version], [doc], [parameters], [default], field
 * }</pre>
 *
 * {@code field} is the name of a struct's field and stands in the field's schema.
 */
final class SchemaWriter {
    private final ValueWriters values;

    SchemaWriter(ValueWriters values) {
        this.values = values;
    }

    /** Writes a schema, or null. */
    void write(JsonGenerator out, @Nullable Schema schema) throws IOException {
        if (schema == null) {
            out.writeNull();
            return;
        }
        write(out, schema, null);
    }

    private void write(JsonGenerator out, Schema schema, @Nullable String fieldName) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", SchemaTypes.nameOf(schema.type()));
        writeParts(out, schema);
        out.writeBooleanField("optional", schema.isOptional());
        writeTraits(out, schema);
        if (fieldName != null) {
            out.writeStringField("field", fieldName);
        }
        out.writeEndObject();
    }

    private void writeParts(JsonGenerator out, Schema schema) throws IOException {
        switch (schema.type()) {
            case ARRAY -> {
                out.writeFieldName("items");
                write(out, ((ArraySchema) schema).items(), null);
            }
            case MAP -> {
                out.writeFieldName("keys");
                write(out, ((MapSchema) schema).keys(), null);
                out.writeFieldName("values");
                write(out, ((MapSchema) schema).values(), null);
            }
            case STRUCT -> {
                out.writeArrayFieldStart("fields");
                for (Field field : ((StructSchema) schema).fields()) {
                    write(out, field.schema(), field.name());
                }
                out.writeEndArray();
            }
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> {
                // A primitive type has no parts.
            }
        }
    }

    private void writeTraits(JsonGenerator out, Schema schema) throws IOException {
        writeText(out, "name", schema.name());
        Integer version = schema.version();
        if (version != null) {
            out.writeNumberField("version", version);
        }
        writeText(out, "doc", schema.doc());
        writeParameters(out, schema.parameters());
        Object defaultValue = schema.defaultValue();
        if (defaultValue != null) {
            out.writeFieldName("default");
            values.writer(schema).write(out, defaultValue);
        }
    }

    private static void writeText(JsonGenerator out, String name, @Nullable String text) throws IOException {
        if (text != null) {
            out.writeStringField(name, text);
        }
    }

    private static void writeParameters(JsonGenerator out, Map<String, String> parameters) throws IOException {
        if (parameters.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("parameters");
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            out.writeStringField(parameter.getKey(), parameter.getValue());
        }
        out.writeEndObject();
    }
}
