package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;

/** H2 2.x. */
final class H2Dialect implements Dialect {
    private static final WriteSql WRITES = new H2Writes();

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public String subprotocol() {
        return "h2";
    }

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
            case 50200, 90131 -> FailureKind.BUSY;
            case 90067, 90098, 90121 -> FailureKind.UNREACHABLE;
            case 90096 -> FailureKind.FORBIDDEN;
            case 42102, 42104, 42122 -> FailureKind.MISSING;
            default -> FailureKind.ofState(failure);
        };
    }
}
