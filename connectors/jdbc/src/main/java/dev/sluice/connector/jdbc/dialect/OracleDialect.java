package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;

/** Oracle 12.2 and newer. */
final class OracleDialect implements Dialect {
    private static final WriteSql WRITES = new OracleWrites();

    @Override
    public String name() {
        return "Oracle";
    }

    @Override
    public String subprotocol() {
        return "oracle";
    }

    @Override
    public Names names() {
        return WRITES.names();
    }

    @Override
    public ReadSql reads() {
        return ReadSql.ORACLE;
    }

    @Override
    public WriteSql writes() {
        return WRITES;
    }

    @Override
    public FailureKind kindOf(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 54, 60, 8177 -> FailureKind.BUSY;
            case 28, 1033, 1034, 1089, 3113, 3114, 12514, 12541, 17002, 17008 -> FailureKind.UNREACHABLE;
            case 1, 1400, 1407, 1438, 1722, 1830, 1843, 1858, 1861, 2290, 2291, 2292, 12899 -> FailureKind.RECORD;
            case 1031 -> FailureKind.FORBIDDEN;
            case 1017 -> FailureKind.CREDENTIALS;
            case 904, 942 -> FailureKind.MISSING;
            default -> FailureKind.ofState(failure);
        };
    }
}
