package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;

/**
 * MySQL 8.0 and newer, and MariaDB 10.3 and newer, which differ in how they are read but not in how they are written.
 *
 * @param name the name for people
 * @param subprotocol how its JDBC addresses begin
 * @param reads how it is read
 */
record MySqlDialect(String name, String subprotocol, ReadSql reads) implements Dialect {
    static final Dialect MYSQL = new MySqlDialect("MySQL", "mysql", ReadSql.MYSQL);
    static final Dialect MARIADB = new MySqlDialect("MariaDB", "mariadb", ReadSql.MARIADB);

    private static final WriteSql WRITES = new MySqlWrites();

    @Override
    public Names names() {
        return WRITES.names();
    }

    @Override
    public WriteSql writes() {
        return WRITES;
    }

    @Override
    public FailureKind kindOf(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 1205, 1213 -> FailureKind.BUSY;
            case 1040, 1053, 1927, 2006, 2013 -> FailureKind.UNREACHABLE;
            case 1048, 1062, 1264, 1265, 1292, 1366, 1406, 1452, 3819, 4025 -> FailureKind.RECORD;
            case 1044, 1142, 1143 -> FailureKind.FORBIDDEN;
            case 1045 -> FailureKind.CREDENTIALS;
            case 1049, 1054, 1146 -> FailureKind.MISSING;
            default -> FailureKind.ofState(failure);
        };
    }
}
