package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaTraits;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one schema object, members in any order; the form is shown at {@link SchemaWriter}. Used for one object, and for
 * its parts in turn. As in Kafka Connect, a member of an unexpected kind counts as absent unless the schema needs it.
 */
final class SchemaReader {
    private final ValueReaders readers;
    private final JsonParser in;
    private @Nullable String type;
    private @Nullable String fieldName;
    private boolean isOptional;
    private @Nullable String name;
    private @Nullable Integer version;
    private @Nullable String doc;
    private Map<String, String> parameters = Map.of();
    private byte @Nullable [] defaultJson;
    private @Nullable List<SchemaReader> fields;
    private @Nullable Schema items;
    private @Nullable Schema keys;
    private @Nullable Schema values;

    private SchemaReader(JsonParser in, ValueReaders readers) {
        this.in = in;
        this.readers = readers;
    }

    /** Reads the schema whose first token is the current one; null means schemaless. */
    static @Nullable Schema read(JsonParser in, ValueReaders readers) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NULL
                ? null
                : members(in, readers).schema();
    }

    private static SchemaReader members(JsonParser in, ValueReaders readers) throws IOException {
        SchemaReader reader = new SchemaReader(in, readers);
        reader.readMembers();
        return reader;
    }

    private void readMembers() throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw fault("it is " + JsonFaults.kind(in.currentToken()) + " " + JsonFaults.position(in)
                    + ", expected an object");
        }
        String member;
        while ((member = in.nextFieldName()) != null) {
            in.nextToken();
            readMember(member);
        }
    }

    private void readMember(String member) throws IOException {
        switch (member) {
            case "type" -> type = textOrNull();
            case "field" -> fieldName = textOrNull();
            case "name" -> name = textOrNull();
            case "doc" -> doc = textOrNull();
            case "version" -> version = intOrNull();
            case "optional" -> {
                isOptional = in.currentToken() == JsonToken.VALUE_TRUE;
                in.skipChildren();
            }
            case "parameters" -> parameters = readParameters();
            case "default" -> defaultJson = copyOfValue();
            case "fields" -> fields = readFields();
            case "items" -> items = readPart();
            case "keys" -> keys = readPart();
            case "values" -> values = readPart();
            default -> in.skipChildren();
        }
    }

    private @Nullable Schema readPart() throws IOException {
        return read(in, readers);
    }

    private @Nullable String textOrNull() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return in.getText();
        }
        in.skipChildren();
        return null;
    }

    private @Nullable Integer intOrNull() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && in.getNumberType() == JsonParser.NumberType.INT) {
            return in.getIntValue();
        }
        in.skipChildren();
        return null;
    }

    private Map<String, String> readParameters() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return all;
        }
        String key;
        while ((key = in.nextFieldName()) != null) {
            if (in.nextToken() != JsonToken.VALUE_STRING) {
                throw fault("parameter '" + key + "' is " + JsonFaults.kind(in.currentToken()) + ", expected a string");
            }
            all.put(key, in.getText());
        }
        return all;
    }

    private List<SchemaReader> readFields() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw fault("'fields' is " + JsonFaults.kind(in.currentToken()) + ", expected an array");
        }
        List<SchemaReader> all = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            all.add(members(in, readers));
        }
        return all;
    }

    /** The default can be read only when the whole schema is known, so it is kept as text until then. */
    private byte[] copyOfValue() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.copyCurrentStructureExact(in);
        }
        return bytes.toByteArray();
    }

    private Schema schema() throws IOException {
        Schema plain = plainSchema().with(new SchemaTraits(isOptional, name, version, doc, parameters, null));
        byte[] json = defaultJson;
        if (json == null || isNull(json)) {
            return plain;
        }
        return plain.withDefault(Json.readWhole(readers.reader(plain), json, 0, json.length));
    }

    private static boolean isNull(byte[] json) {
        return json.length == 4 && json[0] == 'n';
    }

    private Schema plainSchema() throws IOException {
        String given = type;
        SchemaType known = given == null ? null : SchemaTypes.byName(given);
        if (known == null) {
            throw fault(given == null ? "it has no 'type'" : "its type '" + given + "' is unknown");
        }
        return switch (known) {
            case ARRAY -> Schema.array(part(items, "items"));
            case MAP -> Schema.map(part(keys, "keys"), part(values, "values"));
            case STRUCT -> structSchema();
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> Schema.of(known);
        };
    }

    private Schema part(@Nullable Schema part, String member) {
        if (part == null) {
            throw fault("its type is '" + type + "', but it has no '" + member + "'");
        }
        return part;
    }

    private Schema structSchema() throws IOException {
        List<SchemaReader> given = fields;
        if (given == null) {
            throw fault("its type is 'struct', but it has no 'fields'");
        }
        StructSchema.Builder builder = Schema.struct();
        for (SchemaReader field : given) {
            String text = field.fieldName;
            if (text == null) {
                throw fault("one of its 'fields' has no name in 'field'");
            }
            Schema fieldSchema = field.schema();
            try {
                builder = builder.field(text, fieldSchema);
            } catch (IllegalArgumentException twice) {
                throw fault("it has two fields of the name '" + text + "'");
            }
        }
        return builder.build();
    }

    private static DataException fault(String reason) {
        return new DataException("Cannot read a JSON schema: " + reason + ". Check what wrote it.");
    }
}
