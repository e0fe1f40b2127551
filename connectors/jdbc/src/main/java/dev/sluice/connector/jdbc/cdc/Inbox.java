package dev.sluice.connector.jdbc.cdc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages from the thread that reads the socket to the task's, bounded by bytes. One lock and no queue, because they
 * go over in batches.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long bytesMax;
    private List<Message> messages = new ArrayList<>();
    private long bytes;
    private Lsn nothingBefore = Lsn.ZERO;
    private @Nullable SQLException failure;

    Inbox(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * A message of the stream.
     *
     * @param lsn where it stands in the log
     * @param bytes its content, not shared
     */
    record Message(Lsn lsn, ByteBuffer bytes) {}

    /**
     * What was taken at once.
     *
     * @param messages in order
     * @param nothingBefore behind them, the server has nothing for us before this place
     */
    record Batch(List<Message> messages, Lsn nothingBefore) {}

    /** Adds messages if there is room, else after waiting a while; false if there was none. Reader's thread. */
    boolean put(List<Message> more, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (bytes >= bytesMax) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            messages.addAll(more);
            more.forEach(message -> bytes += message.bytes().remaining());
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Says that after what was put, nothing for us stands before a place. Reader's thread. */
    void onNothingBefore(Lsn place) {
        lock.lock();
        try {
            nothingBefore = place;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reading; what was put before is still there. Reader's thread. */
    void fail(SQLException reason) {
        lock.lock();
        try {
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes all that is there, after waiting a while for something. Task thread.
     *
     * @throws SQLException what ended the reading, once all was taken
     */
    Batch take(Duration wait) throws InterruptedException, SQLException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (messages.isEmpty() && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            SQLException reason = failure;
            if (messages.isEmpty() && reason != null) {
                throw reason;
            }
            List<Message> taken = messages;
            messages = new ArrayList<>();
            bytes = 0;
            changed.signalAll();
            return new Batch(taken, nothingBefore);
        } finally {
            lock.unlock();
        }
    }
}
