package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the connector's tables again and again, on a thread of its own, and tells when the set has changed. A look that
 * fails changes nothing: tables do not vanish because the database cannot be reached.
 */
final class TableWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);
    private static final long END_MILLIS = 5_000;

    private final SourceConfig config;
    private final Connections connections;
    private final Runnable onChange;
    private final Consumer<Exception> onFailure;
    private final Thread thread;
    private final CountDownLatch looked = new CountDownLatch(1);
    private volatile @Nullable List<TableId> tables;
    private volatile @Nullable ConnectorException failure;

    TableWatch(SourceConfig config, String name, Runnable onChange, Consumer<Exception> onFailure) {
        this.config = config;
        this.connections = Connections.of(config.connection(), config.dialect()::kindOf, 1, name);
        this.onChange = onChange;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns the tables, after waiting for the first look; what made that fail is thrown. */
    List<TableId> tables(Duration limit) {
        try {
            boolean hasLooked = looked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            ConnectorException failed = failure;
            if (failed != null) {
                throw failed;
            }
            List<TableId> found = tables;
            return hasLooked && found != null ? found : List.of();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void run() {
        try {
            while (true) {
                look();
                looked.countDown();
                TimeUnit.MILLISECONDS.sleep(config.pace().tableInterval().toMillis());
            }
        } catch (InterruptedException asked) {
            LOG.atDebug().log("looking for tables ends");
        } finally {
            looked.countDown();
        }
    }

    private void look() throws InterruptedException {
        try {
            take(find());
            failure = null;
        } catch (RetriableException later) {
            failure = later;
            LOG.atWarn().addKeyValue("error", later.getMessage()).log("cannot look for tables, tries again later");
        } catch (ConnectorException failed) {
            boolean isFirst = tables == null;
            failure = failed;
            if (!isFirst) {
                onFailure.accept(failed);
            }
        }
    }

    private void take(List<TableId> found) {
        List<TableId> before = tables;
        tables = found;
        // The first look may come after tasks were set up without it.
        boolean isLate = before == null && looked.getCount() == 0;
        if (isLate || (before != null && !before.equals(found))) {
            LOG.atInfo().addKeyValue("tables", found.size()).log("the set of tables has changed");
            onChange.run();
        }
        String missing = config.choice().filter().missing(found);
        if (before == null && !missing.isEmpty()) {
            LOG.atWarn().addKeyValue("tables", missing).log("tables are named that are not there; they are waited for");
        }
    }

    private List<TableId> find() throws InterruptedException {
        try (Connection connection = connections.open()) {
            return find(connection, config.choice());
        } catch (SQLException failed) {
            throw config.dialect().kindOf(failed).exception("Cannot look for tables", failed);
        }
    }

    /** Looks for the tables once. */
    static List<TableId> find(Connection connection, SourceConfig.Choice choice) throws SQLException {
        return Tables.list(connection, choice.catalog(), choice.schema(), choice.types()).stream()
                .filter(choice.filter()::accepts)
                .filter(table -> !isOwn(table))
                .toList();
    }

    /** Whether a table belongs to the database's own description of itself. */
    private static boolean isOwn(TableId table) {
        String schema = table.schema();
        return schema != null
                && (schema.equalsIgnoreCase("information_schema") || schema.equalsIgnoreCase("pg_catalog"));
    }

    @Override
    public void close() {
        thread.interrupt();
        connections.close();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
