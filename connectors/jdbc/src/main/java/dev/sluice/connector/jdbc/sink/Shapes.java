package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.type.FieldType;
import dev.sluice.connector.jdbc.type.TimestampFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the shape of a record: which columns it fills, and from where. Pure.
 *
 * @param valueColumn the column of values that are neither struct nor map
 * @param timestampFields fields that are timestamps, whatever their schema says
 * @param replacesNull whether null becomes the default of its schema
 */
record Shapes(String valueColumn, List<String> timestampFields, boolean replacesNull) {
    private static final List<String> KAFKA_NAMES =
            List.of("__connect_topic", "__connect_partition", "__connect_offset");

    Shapes {
        timestampFields = List.copyOf(timestampFields);
    }

    /**
     * Returns the shape of a record.
     *
     * @throws DataException if the record lacks what the key needs
     */
    Shape of(Row row, TableRules rules) {
        Map<String, Shape.Field> fields = new LinkedHashMap<>();
        for (Shape.Field field : key(row, rules)) {
            add(fields, field);
        }
        if (row.op() == Row.Op.WRITE) {
            for (Shape.Field field : valueFields(row, rules)) {
                if (!fields.containsKey(field.column())
                        || !fields.get(field.column()).isKey()) {
                    add(fields, field);
                }
            }
        }
        if (fields.isEmpty()) {
            throw new DataException(
                    "Cannot write a record of topic " + row.record().topic()
                            + ": none of its fields becomes a column. Correct fields.whitelist and field.exclude.list.");
        }
        return new Shape(List.copyOf(fields.values()));
    }

    private static void add(Map<String, Shape.Field> fields, Shape.Field field) {
        Shape.Field other = fields.put(field.column(), field);
        if (other != null) {
            throw new DataException("Cannot write the fields " + other.name() + " and " + field.name()
                    + ": both become the column " + field.column() + ". Correct fields.rename.");
        }
    }

    private List<Shape.Field> key(Row row, TableRules rules) {
        return switch (rules.pkMode()) {
            case NONE -> List.of();
            case KAFKA -> kafka(rules.pkFields().isEmpty() ? KAFKA_NAMES : rules.pkFields());
            case RECORD_KEY -> recordKey(row, rules);
            case RECORD_VALUE -> recordValue(row, rules);
            case RECORD_HEADER -> headers(row, rules);
        };
    }

    private static List<Shape.Field> kafka(List<String> names) {
        return List.of(
                new Shape.Field(
                        names.get(0),
                        "topic",
                        FieldType.of(Schema.STRING),
                        row -> origin(row).topic(),
                        true),
                new Shape.Field(
                        names.get(1),
                        "partition",
                        FieldType.of(Schema.INT32),
                        row -> origin(row).partition(),
                        true),
                new Shape.Field(
                        names.get(2),
                        "offset",
                        FieldType.of(Schema.INT64),
                        row -> row.record().origin().offset(),
                        true));
    }

    private static dev.sluice.api.record.TopicPartition origin(Row row) {
        return row.record().origin().partition();
    }

    private List<Shape.Field> recordKey(Row row, TableRules rules) {
        Object key = row.key();
        if (key == null) {
            throw new DataException(
                    "Cannot write a record of topic " + row.record().topic()
                            + ": it has no key, and pk.mode=record_key takes the columns of the primary key from it."
                            + " Send records with a key, or set pk.mode to another mode.");
        }
        if (key instanceof Struct || key instanceof Map) {
            return chosen(parts(key, "key", true), rules, "key", row);
        }
        if (rules.pkFields().size() != 1) {
            throw new DataException(
                    "Cannot write a record of topic " + row.record().topic()
                            + ": its key is a single value ("
                            + typeOf(row.keySchema(), key).words()
                            + "), and pk.fields has " + rules.pkFields().size()
                            + " names. Set pk.fields to the one column of the key.");
        }
        String name = rules.pkFields().get(0);
        return List.of(new Shape.Field(name, "key", typeOf(row.keySchema(), key), Row::key, true));
    }

    /** A tombstone has no value: its key stands in for it where that has the fields. */
    private List<Shape.Field> recordValue(Row row, TableRules rules) {
        Object value = row.value();
        if (value instanceof Struct || value instanceof Map) {
            return chosen(parts(value, "value", false), rules, "value", row);
        }
        Object key = row.key();
        if (value == null && (key instanceof Struct || key instanceof Map)) {
            return chosen(parts(key, "key", true), rules, "key", row);
        }
        throw new DataException("Cannot write a record of topic " + row.record().topic()
                + ": pk.mode=record_value takes the columns of the primary key from the fields of its value, and it has none."
                + " Set pk.mode=record_key, or send structs.");
    }

    private List<Shape.Field> headers(Row row, TableRules rules) {
        List<Shape.Field> fields = new ArrayList<>();
        for (String name : rules.pkFields()) {
            SchemaAndValue header = row.record().headers().last(name).orElse(SchemaAndValue.NULL);
            Object value = header.value();
            if (value == null) {
                throw new DataException(
                        "Cannot write a record of topic " + row.record().topic() + ": it has no header " + name
                                + ", which is part of the primary key (pk.mode=record_header).");
            }
            fields.add(new Shape.Field(
                    rules.fields().named(name), name, typeOf(header.schema(), value), Source.header(name), true));
        }
        return fields;
    }

    private static List<Shape.Field> chosen(Map<String, Shape.Field> parts, TableRules rules, String where, Row row) {
        List<String> names = rules.pkFields().isEmpty() ? List.copyOf(parts.keySet()) : rules.pkFields();
        List<Shape.Field> key = new ArrayList<>();
        for (String name : names) {
            Shape.Field part = parts.get(name);
            if (part == null) {
                throw new DataException(
                        "Cannot write a record of topic " + row.record().topic() + ": its " + where
                                + " has no field " + name + ", which is part of the primary key; it has "
                                + String.join(", ", parts.keySet()) + ". Correct pk.fields.");
            }
            key.add(new Shape.Field(rules.fields().named(name), name, part.type(), part.source(), true));
        }
        return key;
    }

    private List<Shape.Field> valueFields(Row row, TableRules rules) {
        Object value = row.value();
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Struct || value instanceof Map)) {
            return List.of(new Shape.Field(valueColumn, "value", typeOf(row.schema(), value), Row::value, false));
        }
        List<Shape.Field> fields = new ArrayList<>();
        parts(value, "value", false).forEach((name, part) -> {
            String column = rules.fields().column(row.record().topic(), name);
            if (column != null) {
                fields.add(new Shape.Field(column, name, part.type(), part.source(), false));
            }
        });
        return fields;
    }

    /** Returns the fields of a struct or the members of a map by name. */
    private Map<String, Shape.Field> parts(Object whole, String where, boolean isKey) {
        Map<String, Shape.Field> parts = new LinkedHashMap<>();
        if (whole instanceof Struct struct) {
            StructSchema schema = struct.schema();
            for (Field field : schema.fields()) {
                Source source = isKey ? Source.keyField(field.index()) : Source.valueField(field.index());
                parts.put(
                        field.name(),
                        part(field.name(), type(field.name(), field.schema()), withDefault(source, field)));
            }
            return parts;
        }
        ((Map<?, ?>) whole).forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new DataException(
                        "Cannot write a record whose " + where + " is a map with keys that are no texts.");
            }
            Source source = isKey ? Source.keyMember(name) : Source.valueMember(name);
            parts.put(name, part(name, timed(name, FieldType.ofValue(value)), source));
        });
        return parts;
    }

    private static Shape.Field part(String name, FieldType type, Source source) {
        return new Shape.Field(name, name, type, source, false);
    }

    private Source withDefault(Source source, Field field) {
        Object standard = field.schema().defaultValue();
        return standard == null || !replacesNull ? source : Source.orElse(source, standard);
    }

    private FieldType type(String name, Schema schema) {
        return timed(name, FieldType.of(schema));
    }

    private FieldType timed(String name, FieldType type) {
        return timestampFields.contains(name) ? TimestampFields.of(type) : type;
    }

    private static FieldType typeOf(@Nullable Schema schema, Object value) {
        return schema == null ? FieldType.ofValue(value) : FieldType.of(schema);
    }
}
