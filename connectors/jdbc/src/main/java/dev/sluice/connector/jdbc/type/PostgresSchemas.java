package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.connector.jdbc.table.ColumnType;

/**
 * The schemas of PostgreSQL's types. Everything that has no place of its own is text, in the form that PostgreSQL writes;
 * nothing is left out.
 */
public final class PostgresSchemas {
    /** The name that marks JSON, as Debezium has it. */
    public static final String JSON = "io.debezium.data.Json";
    /** The name that marks a UUID, as Debezium has it. */
    public static final String UUID = "io.debezium.data.Uuid";
    /** The name that marks XML, as Debezium has it. */
    public static final String XML = "io.debezium.data.Xml";

    /** PostgreSQL's own limit of digits that a column may ask for is 1000; what lies beyond comes from no limit at all. */
    private static final int DIGITS_MAX = 1_000;

    private static final String ARRAY = "_";

    private PostgresSchemas() {}

    /**
     * Returns the required schema of a type.
     *
     * @param type its name as {@code pg_type} has it; arrays begin with an underscore
     */
    public static Schema of(ColumnType type, TypeRules rules) {
        return switch (type.name()) {
            case "bool" -> Schema.BOOLEAN;
            case "int2", "smallserial" -> Schema.INT16;
            case "int4", "serial" -> Schema.INT32;
            case "int8", "bigserial", "oid", "xid8" -> Schema.INT64;
            case "float4" -> Schema.FLOAT32;
            case "float8" -> Schema.FLOAT64;
            case "numeric" -> numeric(type, rules.numeric());
            case "money" -> LogicalType.decimal(2);
            case "bytea" -> Schema.BYTES;
            case "date" -> LogicalType.DATE.schema();
            case "time" -> rules.timestamps().timeOfDay();
            case "timestamp", "timestamptz" -> rules.timestamps().schema();
            case "bit" -> type.size() == 1 ? Schema.BOOLEAN : Schema.STRING;
            case "json", "jsonb" -> Schema.STRING.withName(JSON);
            case "uuid" -> Schema.STRING.withName(UUID);
            case "xml" -> Schema.STRING.withName(XML);
            case "hstore" -> Schema.map(Schema.STRING, Schema.STRING.optional());
            default -> isArray(type) ? Schema.array(of(element(type), rules).optional()) : Schema.STRING;
        };
    }

    private static Schema numeric(ColumnType type, NumericMapping mapping) {
        boolean isLimited = type.size() > 0 && type.size() <= DIGITS_MAX;
        if (isLimited) {
            return mapping.schema(type.size(), type.scale());
        }
        return mapping == NumericMapping.BEST_FIT_EAGER_DOUBLE ? Schema.FLOAT64 : Schema.STRING;
    }

    /** Returns whether the type is an array of another. */
    static boolean isArray(ColumnType type) {
        return type.name().length() > 1 && type.name().startsWith(ARRAY);
    }

    /** Returns the type of an array's elements, which has the array's size and scale. */
    static ColumnType element(ColumnType array) {
        return new ColumnType(array.code(), array.name().substring(ARRAY.length()), array.size(), array.scale());
    }
}
