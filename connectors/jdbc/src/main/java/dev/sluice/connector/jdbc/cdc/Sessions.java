package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.type.PostgresDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens the two connections that a task has: a plain one for the catalog and the snapshot, and one for replication. They live as
 * long as the task's work lets them, so there is no pool.
 */
final class Sessions {
    private static final Map<String, String> COMMON = Map.of("tcpKeepAlive", "true", "ApplicationName", "sluice");

    private Sessions() {}

    /** Opens a plain connection whose values come in the form that {@link PostgresDecoder} reads. */
    static Connection plain(ConnectionConfig config) throws SQLException {
        return prepared(open(config, COMMON));
    }

    /** Opens a connection that takes replication commands. */
    static Connection replication(ConnectionConfig config) throws SQLException {
        Map<String, String> more = new HashMap<>(COMMON);
        more.put("replication", "database");
        more.put("assumeMinServerVersion", "12");
        more.put("preferQueryMode", "simple");
        return prepared(open(config, more));
    }

    private static Connection open(ConnectionConfig config, Map<String, String> more) throws SQLException {
        Map<String, String> given = new HashMap<>(more);
        String seconds = Long.toString(Math.max(1, config.timeout().toSeconds()));
        given.put("connectTimeout", seconds);
        given.put("loginTimeout", seconds);
        return Connections.openAlone(config.with(given));
    }

    private static Connection prepared(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(PostgresDecoder.SESSION.replace("SET LOCAL ", "SET "));
            assert !hasRows;
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }
}
