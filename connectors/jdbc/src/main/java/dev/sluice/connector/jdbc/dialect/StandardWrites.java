package dev.sluice.connector.jdbc.dialect;

/**
 * Standard SQL with the type names that most databases take.
 *
 * @param names the quotes
 */
record StandardWrites(Names names) implements WriteSql {
    @Override
    public String typeName(SqlType type, boolean isKey) {
        return switch (type.kind()) {
            case WHOLE -> type.size() <= 16 ? "SMALLINT" : type.size() <= 32 ? "INTEGER" : "BIGINT";
            case FLOAT -> type.size() == 32 ? "REAL" : "DOUBLE PRECISION";
            case DECIMAL -> "DECIMAL(" + (type.size() > 0 ? type.size() : 38) + "," + type.scale() + ")";
            case BOOLEAN -> "BOOLEAN";
            case TEXT, JSON, ARRAY, OTHER -> isKey ? "VARCHAR(255)" : "VARCHAR(4000)";
            case UUID -> "CHAR(36)";
            case BINARY -> "VARBINARY(4000)";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP, INSTANT -> "TIMESTAMP";
        };
    }

    /** Many databases take one row alone in VALUES; the driver's batches are used instead. */
    @Override
    public boolean hasManyRows() {
        return false;
    }
}
