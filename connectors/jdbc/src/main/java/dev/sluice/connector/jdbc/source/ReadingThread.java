package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tables of a task on a thread of its own, one batch ahead of the task, which meanwhile converts and stores.
 *
 * <p>The thread owns connection and readers. A failure is handed over like a batch; what may go better later is tried again
 * after that was taken, from the last row that was handed over.
 */
final class ReadingThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingThread.class);
    private static final long END_MILLIS = 5_000;

    private final Connections connections;
    private final List<TableReader> readers;
    private final long intervalNanos;
    private final Output output;
    private final Thread thread;
    private volatile @Nullable Connection lent;
    private volatile boolean isEnding;

    ReadingThread(String name, Connections connections, List<TableReader> readers, SourceConfig.Pace pace) {
        this.connections = connections;
        this.readers = List.copyOf(readers);
        this.intervalNanos = pace.interval().toNanos();
        this.output = new Output(pace.batchRows(), pace.batchBytes());
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns what was read, or null if nothing came within the time. Called by the task. */
    @Nullable
    Batch poll(long waitMillis) throws InterruptedException {
        return output.poll(waitMillis);
    }

    private void run() {
        try {
            readAll();
        } catch (InterruptedException asked) {
            LOG.atDebug().log("reading ends");
        }
    }

    private void readAll() throws InterruptedException {
        Schedule schedule = new Schedule(intervalNanos);
        readers.forEach(reader -> schedule.addNow(reader, System.nanoTime()));
        while (!isEnding && !schedule.isEmpty()) {
            TableReader next = schedule.take(System.nanoTime());
            try {
                if (read(next)) {
                    schedule.addNow(next, System.nanoTime());
                } else if (!next.isFinished()) {
                    schedule.addLater(next, System.nanoTime());
                }
            } catch (RuntimeException failed) {
                if (isEnding) {
                    return;
                }
                output.fail(failed);
                schedule.addNow(next, System.nanoTime());
            }
        }
    }

    private boolean read(TableReader reader) throws InterruptedException {
        Connection connection = connections.open();
        lent = connection;
        boolean isSound = false;
        try {
            boolean isFollowed = reader.read(connection, output);
            isSound = true;
            return isFollowed;
        } catch (SQLException failed) {
            if (reader.isGone(failed, System.nanoTime())) {
                return false;
            }
            throw reader.explained(failed);
        } finally {
            lent = null;
            giveBack(connection, isSound);
        }
    }

    private void giveBack(Connection connection, boolean isSound) {
        try {
            if (isSound) {
                connection.close();
            } else {
                connections.discard(connection);
            }
        } catch (SQLException broken) {
            LOG.atDebug().setCause(broken).log("a connection could not be given back");
        }
    }

    /** Ends the thread, also while it waits for the database. Called by the task. */
    @Override
    public void close() {
        isEnding = true;
        thread.interrupt();
        Connection waiting = lent;
        if (waiting != null) {
            abort(waiting);
        }
        boolean wasInterrupted = Thread.interrupted();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException asked) {
            wasInterrupted = true;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.atWarn()
                    .addKeyValue("durationMs", END_MILLIS)
                    .log("the thread that reads the database did not end in time and is left behind");
        }
    }

    /** A thread that reads from a socket notices no interrupt: only the end of the socket. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException gone) {
            LOG.atDebug().setCause(gone).log("a connection could not be aborted");
        }
    }
}
