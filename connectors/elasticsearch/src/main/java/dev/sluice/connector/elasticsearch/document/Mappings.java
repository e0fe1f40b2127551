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

/** Makes mappings of schemas, for exactly what {@link ValueWriters} writes. Pure. */
final class Mappings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int KEYWORD_MAX = 256;

    private final BodyRules rules;

    Mappings(BodyRules rules) {
        this.rules = rules;
    }

    /** Returns the properties of a document. */
    ObjectNode properties(StructSchema schema, FieldRules fields) {
        ObjectNode properties = JSON.objectNode();
        for (Field field : schema.fields()) {
            String name = fields.name(field.name());
            if (name != null) {
                properties.set(name, field(field.schema()));
            }
        }
        return properties;
    }

    /** Returns the mapping of a field. */
    ObjectNode field(Schema schema) {
        LogicalType logical = schema.logicalType().orElse(null);
        return logical == null ? plain(schema) : logical(logical, schema);
    }

    private ObjectNode plain(Schema schema) {
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
            case ARRAY -> field(((ArraySchema) schema).items());
            case MAP -> map((MapSchema) schema);
            case STRUCT -> object(properties((StructSchema) schema, FieldRules.ALL));
        };
    }

    private ObjectNode logical(LogicalType type, Schema schema) {
        boolean isNumber = rules.times() == MappingKeys.TimeFormat.NUMBER;
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
        return switch (rules.decimals()) {
            case DOUBLE, NUMBER -> withNullValue("double", schema);
            case SCALED ->
                withNullValue("scaled_float", schema)
                        .put("scaling_factor", Math.pow(10, Math.max(0, LogicalType.scale(schema))));
            case TEXT -> of("keyword");
        };
    }

    private static ObjectNode text() {
        ObjectNode text = of("text");
        text.putObject("fields").putObject("keyword").put("type", "keyword").put("ignore_above", KEYWORD_MAX);
        return text;
    }

    private ObjectNode map(MapSchema schema) {
        if (rules.compactsMaps() && schema.keys().type() == SchemaType.STRING) {
            return of("object");
        }
        ObjectNode properties = JSON.objectNode();
        properties.set("key", field(schema.keys()));
        properties.set("value", field(schema.values()));
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
