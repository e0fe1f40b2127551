package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.cdc.Inbox.Message;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the change stream: a connection that a thread of its own reads, because the server must be answered in time also
 * while the task waits for the pipeline. That thread alone touches the stream; what it read goes through an {@link Inbox}.
 *
 * <p>The server learns of a place as flushed only by {@link #flush}, whose caller has it stored (invariant 1); the driver's own
 * way of moving it on is switched off.
 */
final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int BATCH_COUNT_MAX = 256;
    private static final int BATCH_BYTES_MAX = 64 << 10;
    private static final long PAUSE_MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long PAUSE_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration FULL_WAIT = Duration.ofMillis(250);
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    private final Connection connection;
    private final PGReplicationStream stream;
    private final Inbox inbox;
    private final Thread thread;
    private volatile Lsn flushed = Lsn.ZERO;
    private volatile boolean isClosing;

    private ChangeFeed(Connection connection, PGReplicationStream stream, Inbox inbox, String name) {
        this.connection = connection;
        this.stream = stream;
        this.inbox = inbox;
        // A thread of its own: see the class comment. Daemon, so that one that hangs in the driver holds up nobody.
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /**
     * Begins to read.
     *
     * @param connection a replication connection, owned by the feed from now on, also if this fails
     * @param from where the server shall begin
     * @param name what the thread is called
     */
    static ChangeFeed start(Connection connection, CdcConfig config, Lsn from, String name) throws SQLException {
        try {
            PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(config.slot())
                    .withStartPosition(LogSequenceNumber.valueOf(from.value()))
                    .withStatusInterval((int) config.pace().status().toMillis(), TimeUnit.MILLISECONDS)
                    .withAutomaticFlush(false)
                    .withSlotOption("proto_version", 1)
                    .withSlotOption(
                            "publication_names", quoted(config.publication().name()))
                    .start();
            ChangeFeed feed =
                    new ChangeFeed(connection, stream, new Inbox(config.pace().queueBytesMax()), name);
            feed.thread.start();
            return feed;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** The option is a list of names, each quoted as in SQL; the driver quotes the list as a whole. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"").replace("'", "''") + '"';
    }

    /** Takes what was read; see {@link Inbox#take}. */
    Inbox.Batch take(Duration wait) throws InterruptedException, SQLException {
        return inbox.take(wait);
    }

    /** Lets the server forget what stands before a place; it learns of it with the next status. */
    void flush(Lsn place) {
        flushed = place;
    }

    private void run() {
        try {
            read();
        } catch (SQLException failed) {
            inbox.fail(failed);
        } catch (RuntimeException broken) {
            inbox.fail(new SQLException("the driver failed: " + broken, "08006", broken));
        } catch (InterruptedException ended) {
            LOG.atDebug().log("the change stream's thread ends");
        }
    }

    private void read() throws SQLException, InterruptedException {
        List<Message> batch = new ArrayList<>();
        long bytes = 0;
        long pause = PAUSE_MIN_NANOS;
        while (!isClosing) {
            ByteBuffer message = stream.readPending();
            if (message != null) {
                batch.add(new Message(new Lsn(stream.getLastReceiveLSN().asLong()), message));
                bytes += message.remaining();
            }
            boolean isDue = message == null || batch.size() >= BATCH_COUNT_MAX || bytes >= BATCH_BYTES_MAX;
            if (isDue && !batch.isEmpty()) {
                hand(batch);
                batch = new ArrayList<>();
                bytes = 0;
                pause = PAUSE_MIN_NANOS;
            } else if (message == null) {
                inbox.onNothingBefore(new Lsn(stream.getLastReceiveLSN().asLong()));
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, PAUSE_MAX_NANOS);
            }
            tellFlushed();
        }
        tellFlushed();
        stream.forceUpdateStatus();
    }

    private void hand(List<Message> batch) throws SQLException, InterruptedException {
        while (!inbox.put(batch, FULL_WAIT) && !isClosing) {
            // The task has not taken anything for a while. The server must hear of us, or it ends the connection.
            tellFlushed();
            stream.forceUpdateStatus();
        }
    }

    private void tellFlushed() {
        long place = flushed.value();
        if (Long.compareUnsigned(place, stream.getLastFlushedLSN().asLong()) > 0) {
            LogSequenceNumber known = LogSequenceNumber.valueOf(place);
            stream.setFlushedLSN(known);
            stream.setAppliedLSN(known);
        }
    }

    /** Ends the thread, after the server was told a last time, and the connection. */
    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(thread);
        boolean isInterrupted = Thread.interrupted();
        try {
            thread.join(END_WAIT.toMillis());
        } catch (InterruptedException again) {
            isInterrupted = true;
        }
        closeConnection();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeConnection() {
        try {
            // Not stream.close(), which waits for the server to finish what it is sending.
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            LOG.atDebug().log("the connection of the change stream is gone already: {}", gone.getMessage());
        }
    }
}
