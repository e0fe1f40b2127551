package dev.sluice.distribution;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.server.TestingPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Several writers that change one table at the same time, each transaction taking its ids early and committing late, some not
 * at all; until they are told to finish.
 */
final class TableWriter implements AutoCloseable {
    private static final int ROWS_AT_ONCE_MAX = 8;
    private static final int PAUSE_MILLIS_MAX = 20;

    private final TestingPostgres postgres;
    private final boolean changesRows;
    private final List<CompletableFuture<Integer>> writers = new ArrayList<>();
    private volatile boolean isFinishing;

    /**
     * Starts writing.
     *
     * @param countWriters transactions that run side by side
     * @param changesRows whether rows are updated and deleted too
     */
    TableWriter(TestingPostgres postgres, Generated seed, int countWriters, boolean changesRows) {
        this.postgres = postgres;
        this.changesRows = changesRows;
        postgres.execute("create table orders (id bigserial primary key, writer int not null, note text,"
                + " price numeric(12, 3), placed timestamptz not null default now())");
        for (int i = 0; i < countWriters; i++) {
            int writer = i;
            Generated random = new Generated(seed.wholeNumber());
            CompletableFuture<Integer> written = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> written.completeAsync(() -> writeAll(writer, random), Runnable::run), "table-writer-" + i);
            thread.setDaemon(true);
            thread.start();
            writers.add(written);
        }
    }

    private int writeAll(int writer, Generated random) {
        int written = 0;
        try (Connection connection = postgres.connect()) {
            connection.setAutoCommit(false);
            while (!isFinishing) {
                written += write(connection, writer, random);
            }
            return written;
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }

    private int write(Connection connection, int writer, Generated random) throws SQLException {
        int rows = 1 + random.below(ROWS_AT_ONCE_MAX);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into orders (writer, note, price) values (?, ?, ?::numeric)")) {
            for (int i = 0; i < rows; i++) {
                insert.setInt(1, writer);
                insert.setString(2, random.line());
                insert.setString(3, random.below(1_000_000) + ".125");
                insert.addBatch();
            }
            int[] counts = insert.executeBatch();
            assert counts.length == rows;
        }
        if (changesRows) {
            change(connection, writer, random);
        }
        try (PreparedStatement pause = connection.prepareStatement("select pg_sleep(?)")) {
            pause.setDouble(1, random.below(PAUSE_MILLIS_MAX) / 1000.0);
            boolean hasRows = pause.execute();
            assert hasRows;
        }
        if (random.below(10) == 0) {
            connection.rollback();
            return 0;
        }
        connection.commit();
        return rows;
    }

    /** Each writer changes rows of its own only, so that none waits for another. */
    private static void change(Connection connection, int writer, Generated random) throws SQLException {
        String one = " where id = (select id from orders where writer = ? order by id offset ? limit 1)";
        String statement = random.below(3) == 0
                ? "delete from orders" + one
                : "update orders set price = price + 1, note = note || '+'" + one;
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            change.setInt(1, writer);
            change.setInt(2, random.below(50));
            int changed = change.executeUpdate();
            assert changed <= 1;
        }
    }

    /** Lets the last transactions end, and returns how many rows were inserted. */
    int finish() {
        isFinishing = true;
        return writers.stream().mapToInt(CompletableFuture::join).sum();
    }

    @Override
    public void close() {
        isFinishing = true;
    }
}
