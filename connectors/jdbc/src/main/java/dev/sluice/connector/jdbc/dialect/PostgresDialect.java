package dev.sluice.connector.jdbc.dialect;

/** PostgreSQL 12 and newer. */
final class PostgresDialect implements Dialect {
    private static final WriteSql WRITES = new PostgresWrites();

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public String subprotocol() {
        return "postgresql";
    }

    @Override
    public Names names() {
        return Names.STANDARD;
    }

    @Override
    public WriteSql writes() {
        return WRITES;
    }

    @Override
    public ReadSql reads() {
        return ReadSql.POSTGRES;
    }
}
