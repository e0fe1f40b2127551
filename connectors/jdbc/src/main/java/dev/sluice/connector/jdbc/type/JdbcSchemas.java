package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.connector.jdbc.table.ColumnType;
import java.sql.Types;

/**
 * The schemas of the types that JDBC knows, as Kafka Connect's JDBC source has them. What has no place of its own is text;
 * nothing is left out.
 */
public final class JdbcSchemas {
    private static final int DIGITS_MAX = 1_000;

    private JdbcSchemas() {}

    /**
     * Returns the required schema of a type.
     *
     * @param isSigned false for a whole number that is never negative: it gets the next wider type if there is one
     */
    public static Schema of(ColumnType type, boolean isSigned, TypeRules rules) {
        return switch (type.code()) {
            case Types.BOOLEAN -> Schema.BOOLEAN;
            case Types.BIT -> Schema.INT8;
            case Types.TINYINT -> isSigned ? Schema.INT8 : Schema.INT16;
            case Types.SMALLINT -> isSigned ? Schema.INT16 : Schema.INT32;
            case Types.INTEGER -> isSigned ? Schema.INT32 : Schema.INT64;
            case Types.BIGINT -> Schema.INT64;
            case Types.REAL -> Schema.FLOAT32;
            case Types.FLOAT, Types.DOUBLE -> Schema.FLOAT64;
            case Types.NUMERIC, Types.DECIMAL -> numeric(type, rules.numeric());
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Schema.BYTES;
            case Types.DATE -> LogicalType.DATE.schema();
            case Types.TIME -> rules.timestamps().timeOfDay();
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                rules.timestamps().schema();
            case Types.ARRAY -> Schema.array(Schema.STRING.optional());
            default -> Schema.STRING;
        };
    }

    /** A column without limits, such as Oracle's plain {@code NUMBER}, has no scale that would fit all its values. */
    private static Schema numeric(ColumnType type, NumericMapping mapping) {
        boolean isLimited = type.size() > 0 && type.size() <= DIGITS_MAX && type.scale() > -85;
        if (isLimited) {
            return mapping.schema(type.size(), type.scale());
        }
        return mapping == NumericMapping.BEST_FIT_EAGER_DOUBLE ? Schema.FLOAT64 : Schema.STRING;
    }
}
