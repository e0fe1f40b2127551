package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.MapSchema;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.StructSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes mappings of schemas, for exactly what {@link ValueWriters} writes. Pure. */
final class Mappings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern TYPE = Pattern.compile("([a-z_]+)(?:\\(([0-9.]+)\\))?");

    private final MappingRules rules;

    Mappings(MappingRules rules) {
        this.rules = rules;
    }

    /** Returns the properties of a document. */
    ObjectNode properties(StructSchema schema, FieldRules fields) {
        return properties(schema, fields, "");
    }

    private ObjectNode properties(StructSchema schema, FieldRules fields, String prefix) {
        ObjectNode properties = JSON.objectNode();
        for (Field field : schema.fields()) {
            String name = fields.name(field.name());
            if (name != null) {
                properties.set(name, field(field.schema(), prefix + name));
            }
        }
        return properties;
    }

    private ObjectNode field(Schema schema, String path) {
        String type = rules.types().get(path);
        if (type != null) {
            return chosen(type);
        }
        LogicalType logical = schema.logicalType().orElse(null);
        return logical == null ? plain(schema, path) : logical(logical, schema);
    }

    private static ObjectNode chosen(String text) {
        Matcher type = TYPE.matcher(text);
        if (!type.matches()) {
            throw new IllegalStateException("The type " + text + " of mapping.types was not checked.");
        }
        ObjectNode mapping = of(type.group(1));
        return type.group(2) == null ? mapping : mapping.put("scaling_factor", Double.parseDouble(type.group(2)));
    }

    private ObjectNode plain(Schema schema, String path) {
        return switch (schema.type()) {
            case INT8 -> withNullValue("byte", schema);
            case INT16 -> withNullValue("short", schema);
            case INT32 -> withNullValue("integer", schema);
            case INT64 -> withNullValue("long", schema);
            case FLOAT32 -> withNullValue("float", schema);
            case FLOAT64 -> withNullValue("double", schema);
            case BOOLEAN -> withNullValue("boolean", schema);
            case STRING -> text();
            case BYTES -> of("binary");
            case ARRAY -> array(((ArraySchema) schema).items(), path);
            case MAP -> map((MapSchema) schema, path);
            case STRUCT -> object(properties((StructSchema) schema, FieldRules.ALL, path + "."));
        };
    }

    private ObjectNode logical(LogicalType type, Schema schema) {
        boolean isNumber = rules.bodies().times() == MappingKeys.TimeFormat.NUMBER;
        return switch (type) {
            case DECIMAL -> decimal(schema);
            case DATE, TIMESTAMP -> withNullValue("date", schema);
            // Confluent's word for a time of day; as a text it is no date that servers read.
            case TIME -> isNumber ? withNullValue("date", schema) : of("keyword");
            case MICRO_TIME -> isNumber ? withNullValue("long", schema) : of("keyword");
            case MICRO_TIMESTAMP -> isNumber ? withNullValue("long", schema) : withNullValue("date", schema);
        };
    }

    private ObjectNode decimal(Schema schema) {
        return switch (rules.bodies().decimals()) {
            case DOUBLE, NUMBER -> withNullValue("double", schema);
            case SCALED ->
                withNullValue("scaled_float", schema)
                        .put("scaling_factor", Math.pow(10, Math.max(0, LogicalType.scale(schema))));
            case TEXT -> of("keyword");
        };
    }

    private ObjectNode text() {
        return switch (rules.strings()) {
            case TEXT -> of("text");
            case KEYWORD -> keyword();
            case TEXT_KEYWORD -> {
                ObjectNode text = of("text");
                text.putObject("fields").set("keyword", keyword());
                yield text;
            }
        };
    }

    private ObjectNode keyword() {
        return of("keyword").put("ignore_above", rules.keywordMax());
    }

    private ObjectNode array(Schema items, String path) {
        ObjectNode mapping = field(items, path);
        boolean isStruct = items.type() == SchemaType.STRUCT && mapping.has("properties");
        return rules.isNested() && isStruct ? mapping.put("type", "nested") : mapping;
    }

    private ObjectNode map(MapSchema schema, String path) {
        if (rules.bodies().compactsMaps()
                && schema.keys().type() == SchemaType.STRING
                && !schema.keys().isOptional()) {
            return of("object");
        }
        ObjectNode properties = JSON.objectNode();
        properties.set("key", field(schema.keys(), path + ".key"));
        properties.set("value", field(schema.values(), path + ".value"));
        return object(properties);
    }

    private static ObjectNode object(ObjectNode properties) {
        ObjectNode object = JSON.objectNode();
        object.set("properties", properties);
        return object;
    }

    private static ObjectNode of(String type) {
        return JSON.objectNode().put("type", type);
    }

    /** Has the server index the default where a document holds null: it is the same value to those who search. */
    private static ObjectNode withNullValue(String type, Schema schema) {
        ObjectNode mapping = of(type);
        Object value = schema.defaultValue();
        if (value instanceof Boolean truth) {
            mapping.put("null_value", truth);
        } else if (value instanceof BigDecimal decimal) {
            mapping.put("null_value", decimal.doubleValue());
        } else if (value instanceof Float || value instanceof Double) {
            putFinite(mapping, ((Number) value).doubleValue());
        } else if (value instanceof Number whole) {
            mapping.put("null_value", whole.longValue());
        } else if (value instanceof Instant instant && type.equals("date")) {
            mapping.put("null_value", instant.toEpochMilli());
        } else if (value instanceof LocalTime time && type.equals("date")) {
            mapping.put("null_value", time.toNanoOfDay() / 1_000_000);
        } else if (value instanceof java.time.LocalDate day) {
            mapping.put("null_value", day.toString());
        }
        return mapping;
    }

    private static void putFinite(ObjectNode mapping, double value) {
        if (Double.isFinite(value)) {
            mapping.put("null_value", value);
        }
    }
}
