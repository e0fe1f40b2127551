package dev.sluice.testkit.server;

import dev.sluice.testkit.Waiting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server of one test, which may be ended like by a power cut and started again with what it had stored.
 *
 * <p>It is always a child process, never a container: the test must be able to kill it. Commits are written out before they are
 * answered, logical replication is on, and the port stays the same.
 */
public final class KillablePostgres implements AutoCloseable {
    private static final String DATABASE = "postgres";

    private final Path folder;
    private EmbeddedPostgres server;

    private KillablePostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts a server whose data lie in a folder, which the caller deletes. */
    public static KillablePostgres start(Path folder) {
        return new KillablePostgres(folder, startedAt(folder, 0));
    }

    private static EmbeddedPostgres startedAt(Path folder, int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("max_connections", "100")
                    // Embedded servers answer before a commit is written; after a kill it would be gone.
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start a PostgreSQL in " + folder + ".", failed);
        }
    }

    /** Returns the JDBC address, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + DATABASE;
    }

    /** Returns the port, the same after every start. */
    public int port() {
        return server.getPort();
    }

    /** Returns the superuser's name. */
    public String user() {
        return "postgres";
    }

    /** Returns the superuser's password. */
    public String password() {
        return "postgres";
    }

    /** Opens a connection. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** Executes one or several statements. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            assert !hasRows || statement.getResultSet() != null;
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot execute \"" + sql + "\" on the killable PostgreSQL.", failed);
        }
    }

    /** Ends the server and all that work for it at once, as {@code kill -9} does, and waits until they are gone. */
    public void kill() {
        ProcessHandle main = ProcessHandle.of(pid())
                .orElseThrow(() -> new IllegalStateException("The PostgreSQL in " + folder + " is not running."));
        var all = main.descendants().toList();
        boolean wasAlive = main.destroyForcibly();
        assert wasAlive;
        all.forEach(ProcessHandle::destroyForcibly);
        Waiting.until(
                "the killed PostgreSQL is gone",
                () -> !main.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException notRunning) {
            throw new UncheckedIOException("The PostgreSQL in " + folder + " is not running.", notRunning);
        }
    }

    /** Starts the server again after a {@link #kill}. */
    public void restart() {
        int port = server.getPort();
        close();
        server = startedAt(folder, port);
    }

    /** Ends the server. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot end the PostgreSQL in " + folder + ".", failed);
        }
    }
}
