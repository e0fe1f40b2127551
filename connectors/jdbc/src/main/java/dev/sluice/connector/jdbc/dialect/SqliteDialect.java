package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;

/** SQLite 3.24 and newer. Its failures have no SQL state but its own result codes. */
final class SqliteDialect implements Dialect {
    private static final WriteSql WRITES = new SqliteWrites();

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public String subprotocol() {
        return "sqlite";
    }

    @Override
    public Names names() {
        return WRITES.names();
    }

    @Override
    public ReadSql reads() {
        return ReadSql.SQLITE;
    }

    @Override
    public WriteSql writes() {
        return WRITES;
    }

    @Override
    public FailureKind kindOf(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 5, 6, 10 -> FailureKind.BUSY;
            case 18, 19, 20 -> FailureKind.RECORD;
            case 3, 8, 23 -> FailureKind.FORBIDDEN;
            case 14 -> FailureKind.UNREACHABLE;
            case 1 -> isMissing(failure) ? FailureKind.MISSING : FailureKind.OTHER;
            default -> FailureKind.ofState(failure);
        };
    }

    private static boolean isMissing(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("no such ");
    }
}
