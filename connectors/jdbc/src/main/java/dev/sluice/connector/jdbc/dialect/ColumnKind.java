package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.ColumnType;
import java.sql.Types;
import java.util.Locale;

/** What a column holds, whatever its database calls it. */
public enum ColumnKind {
    /** Whole numbers of 16, 32 or 64 bits. */
    WHOLE,
    /** Binary floating point. */
    FLOAT,
    /** Exact decimals. */
    DECIMAL,
    /** Truth values. */
    BOOLEAN,
    /** Texts, enumerations among them. */
    TEXT,
    /** Bytes. */
    BINARY,
    /** Days. */
    DATE,
    /** Times of day. */
    TIME,
    /** Days with a time of day, in no time zone. */
    TIMESTAMP,
    /** Instants. */
    INSTANT,
    /** JSON documents. */
    JSON,
    /** UUIDs. */
    UUID,
    /** Arrays of one of the others. */
    ARRAY,
    /** Anything else; it is written as text. */
    OTHER;

    private static final int ZONED_TIMESTAMP = 2014;

    /** Returns the kind of a column's type. */
    public static ColumnKind of(ColumnType type) {
        String name = type.name().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "json", "jsonb" -> JSON;
            case "uuid", "uniqueidentifier" -> UUID;
            case "timestamptz", "timestamp with time zone", "datetimeoffset" -> INSTANT;
            case "timestamp", "datetime" -> TIMESTAMP;
            case "date" -> type.code() == Types.TIMESTAMP ? TIMESTAMP : DATE;
            case "blob", "bytea" -> BINARY;
            case "money", "timetz", "xml", "varbit" -> OTHER;
            case "bit" -> type.size() > 1 ? OTHER : BOOLEAN;
            default -> name.startsWith("_") ? ARRAY : ofCode(type.code());
        };
    }

    private static ColumnKind ofCode(int code) {
        return switch (code) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> FLOAT;
            case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
            case Types.BIT, Types.BOOLEAN -> BOOLEAN;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BINARY;
            case Types.DATE -> DATE;
            case Types.TIME -> TIME;
            case Types.TIMESTAMP -> TIMESTAMP;
            case ZONED_TIMESTAMP -> INSTANT;
            case Types.ARRAY -> ARRAY;
            default -> OTHER;
        };
    }
}
