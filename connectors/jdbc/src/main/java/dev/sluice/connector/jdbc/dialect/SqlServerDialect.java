package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;

/** SQL Server 2017 and newer. */
final class SqlServerDialect implements Dialect {
    private static final WriteSql WRITES = new SqlServerWrites();

    @Override
    public String name() {
        return "SqlServer";
    }

    @Override
    public String subprotocol() {
        return "sqlserver";
    }

    @Override
    public Names names() {
        return WRITES.names();
    }

    @Override
    public ReadSql reads() {
        return ReadSql.SQL_SERVER;
    }

    @Override
    public WriteSql writes() {
        return WRITES;
    }

    @Override
    public FailureKind kindOf(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 1205, 1222 -> FailureKind.BUSY;
            case 229, 230, 262 -> FailureKind.FORBIDDEN;
            case 18456 -> FailureKind.CREDENTIALS;
            case 207, 208, 4060 -> FailureKind.MISSING;
            case 245, 515, 547, 2601, 2627, 2628, 8114, 8115, 8152 -> FailureKind.RECORD;
            default -> FailureKind.ofState(failure);
        };
    }
}
