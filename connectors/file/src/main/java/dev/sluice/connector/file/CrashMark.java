package dev.sluice.connector.file;

import dev.sluice.api.error.ConnectorException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A small file beside the file that a sink writes, there as long as the sink runs. It is locked, so that no two sinks
 * write to one file; and it says from which byte on everything was written by the sink, so that the next start can tell
 * a line that the sink left unfinished in a crash from one that somebody else wrote.
 *
 * <p>Named {@code .<file>.sluice}; one line of text: {@code <first own byte> <file key>}. Anything else counts as empty.
 */
final class CrashMark implements Closeable {
    private static final int TEXT_BYTES_MAX = 4096;
    private static final int ATTEMPTS = 10;

    private final Path path;
    private final FileChannel channel;
    private String text;

    private CrashMark(Path path, FileChannel channel, String text) {
        this.path = path;
        this.channel = channel;
        this.text = text;
    }

    /** Returns the path of the mark beside a file. */
    static Path pathFor(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".sluice");
    }

    /**
     * Takes the mark of a file.
     *
     * @throws ConnectorException if another sink has it
     */
    static CrashMark acquire(Path file) throws IOException {
        Path path = pathFor(file);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CrashMark mark = tryAcquire(path);
            if (mark != null) {
                return mark;
            }
        }
        throw inUse(file, path);
    }

    /** Returns null if the mark is taken, or was removed by its owner between opening and locking. */
    private static @Nullable CrashMark tryAcquire(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        CrashMark mark = null;
        try {
            BasicFileAttributes before = FileFacts.attributes(path);
            if (isLocked(channel) && before != null && isStill(path, before)) {
                mark = new CrashMark(path, channel, read(channel));
            }
            return mark;
        } finally {
            if (mark == null) {
                channel.close();
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static boolean isStill(Path path, BasicFileAttributes before) throws IOException {
        BasicFileAttributes now = FileFacts.attributes(path);
        return now != null && FileFacts.key(now).equals(FileFacts.key(before));
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TEXT_BYTES_MAX, channel.size()));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = channel.read(bytes, bytes.position());
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static ConnectorException inUse(Path file, Path mark) {
        return new ConnectorException("Cannot write to " + file + ": another sink writes to it and holds " + mark
                + ". Give each sink a file of its own.");
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Returns from which byte on the file with this key is the sink's own work; empty if the mark is about another. */
    OptionalLong ownFrom(String key) {
        int blank = text.indexOf(' ');
        if (blank < 1 || !text.substring(blank + 1).equals(key + "\n")) {
            return OptionalLong.empty();
        }
        String number = text.substring(0, blank);
        return number.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
    }

    /** Says, durably, from which byte on the file with this key is the sink's own work. */
    void write(String key, long ownFrom) throws IOException {
        text = ownFrom + " " + key + "\n";
        channel.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes, bytes.position());
            assert written > 0;
        }
        channel.force(true);
    }

    /** Removes the mark: the file ends in a whole line. */
    void remove() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
