package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;

/** The isolation of transactions that read. */
enum Isolation {
    DEFAULT(-1),
    READ_UNCOMMITTED(Connection.TRANSACTION_READ_UNCOMMITTED),
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
    REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
    SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE),
    /** The number that Microsoft's driver gives its snapshot isolation. */
    SQL_SERVER_SNAPSHOT(0x1000);

    private final int level;

    Isolation(int level) {
        this.level = level;
    }

    void applyTo(Connection connection) throws SQLException {
        if (this != DEFAULT) {
            connection.setTransactionIsolation(level);
        }
    }
}
