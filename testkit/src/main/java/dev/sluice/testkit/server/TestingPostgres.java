package dev.sluice.testkit.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a real PostgreSQL, whose server all tests of the JVM share.
 *
 * <pre>{@code
 * try (TestingPostgres postgres = TestingPostgres.create()) {
 *     postgres.execute("create table orders (id bigint primary key)");
 *     Map<String, String> settings = Map.of("connection.url", postgres.jdbcUrl(), …);
 * }
 * }</pre>
 *
 * <p>The user is a superuser, and {@code wal_level} is {@code logical}, so that replication can be tested too.
 */
public final class TestingPostgres implements AutoCloseable {
    /** The database from which others are created; every server has it. */
    private static final String MAINTENANCE = "postgres";

    private static final AtomicInteger CREATED = new AtomicInteger();

    private final PostgresServer server;
    private final String database;

    private TestingPostgres(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Creates an empty database; starts the server if this is the first one. */
    public static TestingPostgres create() {
        return create(PostgresServer.SHARED.get());
    }

    static TestingPostgres createAt(ServerPlace place) {
        return create(PostgresServer.SHARED.get(place));
    }

    private static TestingPostgres create(PostgresServer server) {
        TestingPostgres created = new TestingPostgres(server, "test_" + CREATED.incrementAndGet());
        // Copying files takes half as long as writing all of the template to the log.
        created.maintain("create database " + created.database + " strategy file_copy");
        return created;
    }

    /** Returns where the server runs. */
    public ServerPlace place() {
        return server.place();
    }

    /** Returns the database's name. */
    public String database() {
        return database;
    }

    /** Returns the JDBC address of the database, without user and password. */
    public String jdbcUrl() {
        return server.jdbcUrl(database);
    }

    /** Returns the user, a superuser. */
    public String user() {
        return server.user();
    }

    /** Returns the user's password. */
    public String password() {
        return server.password();
    }

    /** Opens a connection to the database. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** Executes one or several statements. */
    public void execute(String sql) {
        execute(jdbcUrl(), sql);
    }

    /** Drops the database, with all connections that are still open to it. */
    @Override
    public void close() {
        maintain("drop database if exists " + database + " with (force)");
    }

    private void maintain(String sql) {
        execute(server.jdbcUrl(MAINTENANCE), sql);
    }

    private void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url, user(), password());
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            assert !hasRows || statement.getResultSet() != null;
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot execute \"" + sql + "\" on the testing PostgreSQL.", failed);
        }
    }
}
