package dev.sluice.connector.file;

import dev.sluice.api.error.ConnectorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines to the file behind a path, whichever that is: after somebody moved it away, a new one is begun.
 *
 * <p>A batch is written before {@link #end} returns, so nothing is kept in memory from one batch to the next. What a
 * batch left behind when it failed is cut off; what a crash left behind is cut off at the next start, see
 * {@link CrashMark}.
 */
final class FileLines implements LineOutput {
    private static final Logger LOG = LoggerFactory.getLogger(FileLines.class);

    /** Bytes of one write. */
    private static final int CHUNK_BYTES = 256 * 1024;

    /** Time between two looks whether the file is still in its place. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final long NO_BATCH = -1;

    private final Path path;
    private final LineEncoder encoder;
    private final AppendFile.Opener opener;
    private final LongSupplier nanoTime;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private @Nullable AppendFile file;
    private @Nullable CrashMark mark;
    /** Where the batch began, or {@link #NO_BATCH} when there is nothing to take back. */
    private long batchStart = NO_BATCH;

    private long lookedNanos;

    FileLines(Path path, LineEncoder encoder, AppendFile.Opener opener, LongSupplier nanoTime) {
        this.path = path;
        this.encoder = encoder;
        this.opener = opener;
        this.nanoTime = nanoTime;
    }

    /** Opens the file now rather than with the first batch. */
    void open() throws IOException {
        file = opened();
    }

    private AppendFile opened() throws IOException {
        AppendFile known = file;
        if (known != null && known.isOpen()) {
            return known;
        }
        if (known != null && known.isMoved()) {
            throw notDurable("it was moved away while this process was interrupted", null);
        }
        lookedNanos = nanoTime.getAsLong();
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        BasicFileAttributes there = FileFacts.attributes(path);
        boolean isRegular = there == null || there.isRegularFile();
        CrashMark taken = isRegular ? mark() : null;
        AppendFile opened = AppendFile.open(path, opener);
        file = opened;
        if (isRegular) {
            finishLastLine(opened, taken);
        }
        return opened;
    }

    /** Returns the mark, or null where none can be made though the file may be written. */
    private @Nullable CrashMark mark() throws IOException {
        CrashMark known = mark;
        if (known != null && known.isOpen()) {
            return known;
        }
        try {
            mark = CrashMark.acquire(path);
        } catch (AccessDeniedException readOnlyFolder) {
            mark = null;
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .log("no mark can be made beside the file: a line torn by a crash will stay as a line of its own");
        }
        return mark;
    }

    private void finishLastLine(AppendFile opened, @Nullable CrashMark taken) throws IOException {
        long size = opened.size();
        OptionalLong ownFrom = taken == null ? OptionalLong.empty() : taken.ownFrom(opened.key());
        long lastUnit = Math.max(0, size - encoder.format().unitBytes());
        boolean isWhole = size == 0 || UnfinishedLine.wholeBytes(path, encoder.format(), lastUnit) == size;
        if (!isWhole && ownFrom.isPresent() && ownFrom.getAsLong() < size) {
            long whole = UnfinishedLine.wholeBytes(path, encoder.format(), ownFrom.getAsLong());
            opened.cutTo(whole);
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("position", whole)
                    .addKeyValue("sizeBytes", size - whole)
                    .log("cut off the unfinished line that this sink left in a crash");
        } else if (!isWhole) {
            opened.write(ByteBuffer.wrap(encoder.terminator()));
            LOG.atInfo()
                    .addKeyValue("file", path)
                    .addKeyValue("position", size)
                    .log("ended the unfinished line that somebody else wrote");
        }
        opened.force();
        if (taken != null) {
            taken.write(opened.key(), opened.size());
        }
    }

    @Override
    public void begin() throws IOException {
        chunk.clear();
        if (nanoTime.getAsLong() - lookedNanos >= LOOK_NANOS) {
            leaveIfMoved();
        }
        batchStart = opened().size();
    }

    private void leaveIfMoved() throws IOException {
        lookedNanos = nanoTime.getAsLong();
        AppendFile known = file;
        if (known != null && known.isOpen() && known.isMoved()) {
            // Its lines count as written, so they must be durable before nobody can force them any more.
            force(known);
            known.close();
            file = null;
            LOG.atInfo().addKeyValue("file", path).log("file was moved away, a new one is begun");
        }
    }

    @Override
    public void add(byte[] bytes) throws IOException {
        int at = 0;
        while (bytes.length - at > chunk.remaining()) {
            int part = chunk.remaining();
            chunk.put(bytes, at, part);
            at += part;
            drain();
        }
        chunk.put(bytes, at, bytes.length - at);
    }

    private void drain() throws IOException {
        opened().write(chunk.flip());
        chunk.clear();
    }

    @Override
    public void end() throws IOException {
        drain();
        batchStart = NO_BATCH;
    }

    @Override
    public void undo() throws IOException {
        chunk.clear();
        AppendFile failed = file;
        if (batchStart == NO_BATCH || failed == null) {
            return;
        }
        // An interrupt closed the file, and would close it again.
        boolean wasInterrupted = Thread.interrupted();
        try {
            reopened(failed).cutTo(batchStart);
            batchStart = NO_BATCH;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private AppendFile reopened(AppendFile failed) throws IOException {
        if (failed.isOpen()) {
            return failed;
        }
        if (failed.isMoved()) {
            throw new IOException("it was moved away in the meantime");
        }
        AppendFile again = AppendFile.open(path, opener);
        file = again;
        return again;
    }

    @Override
    public void force() {
        try {
            AppendFile known = file;
            if (known != null) {
                force(known);
                leaveIfMoved();
            }
        } catch (IOException failure) {
            throw notDurable(FileFacts.words(failure), failure);
        }
    }

    private void force(AppendFile written) {
        try {
            written.force();
        } catch (IOException failure) {
            throw notDurable(FileFacts.words(failure), failure);
        }
    }

    /** Not retriable: after a failed fsync the kernel may forget what it could not write, and a second one succeeds. */
    private ConnectorException notDurable(String why, @Nullable IOException failure) {
        return new ConnectorException(
                "Cannot make the lines in " + path + " durable: " + why
                        + ". Check the disk and restart the task; the lines since the last commit come again.",
                failure);
    }

    @Override
    public void close() {
        try {
            AppendFile known = file;
            if (known != null) {
                known.close();
            }
            CrashMark taken = mark;
            if (taken != null && batchStart == NO_BATCH) {
                taken.remove();
            } else if (taken != null) {
                // The file may end in an unfinished line, which the next start has to recognise.
                taken.close();
            }
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("file", path).setCause(failure).log("closing the file failed");
        }
    }
}
