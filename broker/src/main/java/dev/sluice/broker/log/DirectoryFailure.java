package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the first failure of the data directory. From then on nothing is appended, because a half-written batch may
 * stand at the end of a segment, which only recovery at the next start can cut. Reads go on: they end at the high
 * watermark, below anything half-written. For that, Kafka's classes are never told that the directory is offline.
 */
final class DirectoryFailure extends LogDirFailureChannel {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryFailure.class);

    private final Path directory;
    private final AtomicReference<BrokerException.@Nullable DirectoryFailed> reason = new AtomicReference<>();

    DirectoryFailure(Path directory) {
        super(1);
        this.directory = directory;
    }

    @Override
    public boolean hasOfflineLogDir(String logDir) {
        return false;
    }

    @Override
    public void maybeAddOfflineLogDir(String logDir, String message, IOException cause) {
        if (cause instanceof ClosedChannelException) {
            LOG.atDebug().setCause(cause).log("a file was closed under its reader");
            return;
        }
        BrokerException unused = report(message, cause);
    }

    /** Stops all further appends, says so once, and returns what to throw. */
    BrokerException report(String what, Throwable cause) {
        var failed = new BrokerException.DirectoryFailed(
                "Cannot write to data directory " + directory + ": " + what + ": " + cause.getMessage()
                        + ". Nothing is written any more, reading goes on."
                        + " Check free space, permissions and the disk, then restart.",
                cause);
        if (reason.compareAndSet(null, failed)) {
            LOG.atError().setCause(cause).log(failed.getMessage());
        }
        return failed;
    }

    /** Stops all writing without a word, where another message says what happened. */
    void quietly() {
        reason.compareAndSet(null, new BrokerException.DirectoryFailed("The broker did not open.", new IOException()));
    }

    /** Throws if the directory has failed. */
    void check() {
        BrokerException.DirectoryFailed failed = reason.get();
        if (failed != null) {
            throw new BrokerException.DirectoryFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    Optional<BrokerException.DirectoryFailed> reason() {
        return Optional.ofNullable(reason.get());
    }
}
