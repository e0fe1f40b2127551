package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import dev.sluice.connector.jdbc.dialect.SqlType;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The type of a record's field, as a sink sees it.
 *
 * @param kind what its values are, once {@code plain} has looked at them
 * @param schema the schema, or null for data without one
 * @param wanted the type of a column that is made for it, or null where no value has been seen yet
 * @param plain turns a value of the record into one of the kind; never sees null
 */
public record FieldType(
        ValueKind kind, @Nullable Schema schema, @Nullable SqlType wanted, UnaryOperator<Object> plain) {
    /** Data without a schema, of which no value has been seen. */
    public static final FieldType UNKNOWN = new FieldType(ValueKind.ANY, null, null, UnaryOperator.identity());

    /** Returns the type of a schema. */
    public static FieldType of(Schema schema) {
        Optional<FieldType> named = NamedTypes.of(schema);
        return named.isPresent() ? named.get() : ofLogical(schema);
    }

    private static FieldType ofLogical(Schema schema) {
        Optional<LogicalType> logical = schema.logicalType();
        if (logical.isEmpty()) {
            return ofBase(schema);
        }
        return switch (logical.get()) {
            case DECIMAL ->
                of(ValueKind.DECIMAL, schema, new SqlType(ColumnKind.DECIMAL, 0, LogicalType.scale(schema), null));
            case DATE -> of(ValueKind.DATE, schema, SqlType.of(ColumnKind.DATE));
            case TIME -> of(ValueKind.TIME, schema, new SqlType(ColumnKind.TIME, 0, 3, null));
            case MICRO_TIME -> of(ValueKind.TIME, schema, new SqlType(ColumnKind.TIME, 0, 6, null));
            case TIMESTAMP -> of(ValueKind.INSTANT, schema, new SqlType(ColumnKind.TIMESTAMP, 0, 3, null));
            case MICRO_TIMESTAMP -> of(ValueKind.INSTANT, schema, new SqlType(ColumnKind.TIMESTAMP, 0, 6, null));
        };
    }

    private static FieldType ofBase(Schema schema) {
        return switch (schema.type()) {
            case INT8, INT16 -> of(ValueKind.WHOLE, schema, SqlType.of(ColumnKind.WHOLE, 16));
            case INT32 -> of(ValueKind.WHOLE, schema, SqlType.of(ColumnKind.WHOLE, 32));
            case INT64 -> of(ValueKind.WHOLE, schema, SqlType.of(ColumnKind.WHOLE, 64));
            case FLOAT32 -> of(ValueKind.FRACTION, schema, SqlType.of(ColumnKind.FLOAT, 32));
            case FLOAT64 -> of(ValueKind.FRACTION, schema, SqlType.of(ColumnKind.FLOAT, 64));
            case BOOLEAN -> of(ValueKind.BOOLEAN, schema, SqlType.of(ColumnKind.BOOLEAN));
            case STRING -> of(ValueKind.TEXT, schema, SqlType.of(ColumnKind.TEXT));
            case BYTES -> of(ValueKind.BYTES, schema, SqlType.of(ColumnKind.BINARY));
            case ARRAY -> ofArray((ArraySchema) schema);
            case MAP, STRUCT -> of(ValueKind.NESTED, schema, SqlType.of(ColumnKind.JSON));
        };
    }

    private static FieldType ofArray(ArraySchema schema) {
        FieldType item = of(schema.items());
        SqlType wanted = item.wanted();
        boolean isDeep = item.kind() == ValueKind.ARRAY || item.kind() == ValueKind.NESTED;
        return of(
                ValueKind.ARRAY,
                schema,
                isDeep || wanted == null ? SqlType.of(ColumnKind.JSON) : SqlType.arrayOf(wanted));
    }

    static FieldType of(ValueKind kind, Schema schema, SqlType wanted) {
        return new FieldType(kind, schema, wanted, UnaryOperator.identity());
    }

    /** Returns the type of a value without a schema; {@link #UNKNOWN} for null. Any later value may be of another kind. */
    public static FieldType ofValue(@Nullable Object value) {
        ValueKind kind = value == null ? ValueKind.ANY : Plain.kindOf(value);
        SqlType wanted = switch (kind) {
            case WHOLE -> SqlType.of(ColumnKind.WHOLE, 64);
            case FRACTION -> SqlType.of(ColumnKind.FLOAT, 64);
            case DECIMAL -> SqlType.of(ColumnKind.DECIMAL);
            case BOOLEAN -> SqlType.of(ColumnKind.BOOLEAN);
            case TEXT -> SqlType.of(ColumnKind.TEXT);
            case BYTES -> SqlType.of(ColumnKind.BINARY);
            case DATE -> SqlType.of(ColumnKind.DATE);
            case TIME -> SqlType.of(ColumnKind.TIME);
            case INSTANT -> SqlType.of(ColumnKind.TIMESTAMP);
            case UUID -> SqlType.of(ColumnKind.UUID);
            case ARRAY, NESTED, JSON -> SqlType.of(ColumnKind.JSON);
            case ANY -> null;
        };
        return new FieldType(ValueKind.ANY, null, wanted, UnaryOperator.identity());
    }

    /** Returns whether null is a value. */
    public boolean isOptional() {
        return schema == null || schema.isOptional();
    }

    /** Returns the type in words, for messages: the schema's type and name. */
    public String words() {
        if (schema == null) {
            return wanted == null ? "no schema" : "no schema (" + wanted.kind() + ")";
        }
        String name = schema.name();
        return name == null ? schema.type().wireName() : schema.type().wireName() + " " + name;
    }
}
