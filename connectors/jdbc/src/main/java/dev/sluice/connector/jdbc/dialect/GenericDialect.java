package dev.sluice.connector.jdbc.dialect;

/** Standard SQL, for databases that nobody has described here. */
final class GenericDialect implements Dialect {
    static final Dialect INSTANCE = new GenericDialect();
    private static final WriteSql WRITES = new StandardWrites(Names.STANDARD);

    private GenericDialect() {}

    @Override
    public String name() {
        return "Generic";
    }

    @Override
    public String subprotocol() {
        return "";
    }

    @Override
    public Names names() {
        return Names.STANDARD;
    }

    @Override
    public WriteSql writes() {
        return WRITES;
    }
}
