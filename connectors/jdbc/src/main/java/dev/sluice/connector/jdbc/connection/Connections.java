package dev.sluice.connector.jdbc.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one task or connector: at most so many, each checked before it is lent, none kept that nobody needs.
 *
 * <p>Nothing is opened before the first {@link #open}. Any thread may borrow; {@link #close} ends all.
 */
public final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ConnectionConfig config;
    private final Function<SQLException, FailureKind> kinds;
    private final HikariDataSource pool;

    private Connections(ConnectionConfig config, Function<SQLException, FailureKind> kinds, HikariDataSource pool) {
        this.config = config;
        this.kinds = kinds;
        this.pool = pool;
    }

    /**
     * Makes a pool.
     *
     * @param kinds says what a failure of this database means
     * @param countMax how many connections may be open at a time
     * @param name what its threads are called
     * @throws dev.sluice.api.config.ConfigException if there is no driver for the address
     */
    public static Connections of(
            ConnectionConfig config, Function<SQLException, FailureKind> kinds, int countMax, String name) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName(name);
        settings.setDataSource(
                new DriverSource(Drivers.find(config.url(), config.driver()), config.url(), config.properties()));
        settings.setMaximumPoolSize(countMax);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(config.timeout().toMillis());
        // The first connection is made when it is needed, and its failure is told to who needs it.
        settings.setInitializationFailTimeout(-1);
        settings.setAutoCommit(true);
        settings.setExceptionOverride(new Adjudication(kinds));
        return new Connections(config, kinds, new HikariDataSource(settings));
    }

    /**
     * Opens a connection outside of any pool, with one try; who keeps it closes it.
     *
     * @throws dev.sluice.api.config.ConfigException if there is no driver for the address
     */
    public static Connection openAlone(ConnectionConfig config) throws SQLException {
        return new DriverSource(Drivers.find(config.url(), config.driver()), config.url(), config.properties())
                .getConnection();
    }

    /** Only a lost connection is closed: the pool's own list has states in it that say nothing of the connection, such as 0A000. */
    private record Adjudication(Function<SQLException, FailureKind> kinds) implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return kinds.apply(failure) == FailureKind.UNREACHABLE
                    ? SQLExceptionOverride.Override.CONTINUE_EVICT
                    : SQLExceptionOverride.Override.DO_NOT_EVICT;
        }
    }

    /**
     * Lends a connection, in auto-commit mode; closing it gives it back. Tries as often as {@code connection.attempts} says.
     *
     * @throws dev.sluice.api.error.ConnectorException of the type that says what to do, see {@link FailureKind}
     * @throws InterruptedException if the thread is asked to end
     */
    public Connection open() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return pool.getConnection();
            } catch (SQLException failed) {
                SQLException reason = reason(failed);
                FailureKind kind = kinds.apply(reason);
                if (!kind.isRetriable() || attempt >= config.attempts()) {
                    throw kind.exception("Cannot connect to " + config.shownUrl(), reason);
                }
                warn(reason, attempt);
                pause(config.backoff());
            }
        }
    }

    /** The pool's own time-out wraps what the driver said last. */
    private static SQLException reason(SQLException failed) {
        return failed instanceof SQLTransientConnectionException && failed.getCause() instanceof SQLException driver
                ? driver
                : failed;
    }

    private void warn(SQLException reason, int attempt) {
        LOG.atWarn()
                .addKeyValue("attempt", attempt)
                .addKeyValue("durationMs", config.backoff().toMillis())
                .log("cannot connect to {}, tries again after a pause: {}", config.shownUrl(), SqlText.of(reason));
    }

    @SuppressWarnings("BusyWait") // A pause between tries, which an interruption ends.
    private static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }

    /** Closes a connection for good, because what it did last failed and nobody knows its state. */
    public void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        pool.close();
    }
}
