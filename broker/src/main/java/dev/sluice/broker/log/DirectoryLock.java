package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.storage.internals.log.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps every other process out of a data directory, Kafka's servers included: it locks the same file as they do. */
final class DirectoryLock {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final int PID_DIGITS_MAX = 20;

    /**
     * What this process holds. Asking the file would not do: POSIX gives up a process's lock as soon as any of its
     * channels on that file is closed.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory, "this process");
            }
            try {
                return new DirectoryLock(real, lock(directory));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw LogDirectory.unusable(directory, e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(LogManager.LOCK_FILE_NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory, owner(channel));
            }
            writeOwner(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BrokerException inUse(Path directory, String owner) {
        return new BrokerException.DirectoryUnusable("Cannot open data directory " + directory + ": it is in use by "
                + owner + ". Stop that process or choose another directory.");
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(PID_DIGITS_MAX);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        channel.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Gives the directory free; the file stays, as deleting it could split a lock in two. */
    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("closing the lock file failed; the end of the process frees it");
        }
        HELD.remove(directory);
    }
}
