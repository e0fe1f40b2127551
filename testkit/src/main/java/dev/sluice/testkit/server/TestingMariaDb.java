package dev.sluice.testkit.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a real MariaDB, whose server all tests of the JVM share. Needs a MariaDB driver on the test's class
 * path.
 *
 * <p>The server is a container where a Docker daemon answers, else the machine's own {@code mariadbd}, started in a folder of
 * its own; where there is neither, {@link #isAvailable()} says so and the test is skipped.
 */
public final class TestingMariaDb implements AutoCloseable {
    private static final AtomicInteger CREATED = new AtomicInteger();

    private final MariaDbServer server;
    private final String database;

    private TestingMariaDb(MariaDbServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Returns whether a server can be started here. */
    public static boolean isAvailable() {
        return ServerPlace.here() == ServerPlace.DOCKER || MariaDbServer.isInstalled();
    }

    /** Creates an empty database; starts the server if this is the first one. */
    public static TestingMariaDb create() {
        MariaDbServer server = MariaDbServer.SHARED.get();
        TestingMariaDb created = new TestingMariaDb(server, "test_" + CREATED.incrementAndGet());
        execute(server, "", "create database " + created.database);
        return created;
    }

    /** Returns the database's name. */
    public String database() {
        return database;
    }

    /** Returns the JDBC address of the database, without user and password. */
    public String jdbcUrl() {
        return server.jdbcUrl(database);
    }

    /** Returns the user, who may do everything. */
    public String user() {
        return MariaDbServer.USER;
    }

    /** Returns the user's password. */
    public String password() {
        return MariaDbServer.PASSWORD;
    }

    /** Opens a connection to the database. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** Executes one statement. */
    public void execute(String sql) {
        execute(server, database, sql);
    }

    /** Drops the database. */
    @Override
    public void close() {
        execute(server, "", "drop database if exists " + database);
    }

    private static void execute(MariaDbServer server, String database, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(database), MariaDbServer.USER, MariaDbServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            assert !hasRows || statement.getResultSet() != null;
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot execute \"" + sql + "\" on the testing MariaDB.", failed);
        }
    }
}
