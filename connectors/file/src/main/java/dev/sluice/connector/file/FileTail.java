package dev.sluice.connector.file;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the file behind a path through growth, truncation and rotation.
 *
 * <pre>
 *   no file ── appears ──→ current ── cut below the position, or rewritten ──→ current from 0
 *                            │
 *                            └─ the path means another file ──→ that one waits as successor
 *                                 └─ current at its end and the successor holds data ──→ successor from 0
 * </pre>
 *
 * <p>A rotated file stays open until its successor holds data: writers may go on writing to it for a while after the
 * rename, and are done with it once they write to the new one.
 */
final class FileTail implements LineSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);

    /** Files that may wait; with more rotations than that during one backlog, the newest are looked at later. */
    static final int SUCCESSORS_MAX = 100;

    private final String name;
    private final Path path;
    private final LineFormat format;
    private final boolean isMarked;
    private final LineBuffer buffer;
    private final Map<String, String> partition;
    private final Deque<TailedFile> successors = new ArrayDeque<>();
    private final LongSupplier nanoTime;
    private final QuietFile quiet = new QuietFile();
    private final QuietFiles.Member member;
    private @Nullable FileOffset resumeAt;
    private @Nullable TailedFile current;
    private boolean isComplete;
    private boolean isMissingTold;

    FileTail(
            FileSourceConfig config,
            String name,
            LineBuffer buffer,
            @Nullable FileOffset resumeAt,
            LongSupplier nanoTime,
            QuietFiles.Member member) {
        this.name = name;
        this.path = Path.of(name);
        this.format = buffer.format();
        this.isMarked = LineFormat.isMarked(config.charset());
        this.buffer = buffer;
        this.partition = partition(name);
        this.resumeAt = resumeAt;
        this.nanoTime = nanoTime;
        this.member = member;
    }

    /** Returns the source partition of a file, in Kafka Connect's form. */
    static Map<String, String> partition(String name) {
        return Map.of("filename", name);
    }

    @Override
    public void look() throws IOException {
        TailedFile file = current;
        if (file == null) {
            open();
            return;
        }
        lookForTruncation(file);
        lookForSuccessor(file);
    }

    @Override
    public boolean isQuiet() throws IOException {
        boolean isUnchanged = quiet.isUnchanged(FileState.of(path), nanoTime.getAsLong());
        return isUnchanged && current != null && successors.isEmpty();
    }

    @Override
    public void awaitChange(long millis) throws InterruptedException {
        FileState state = quiet.trusted();
        if (state == null || current == null || !successors.isEmpty()) {
            Thread.sleep(Math.min(millis, LookPace.GROWING.maxMillis()));
        } else {
            member.awaitChange(path, state, millis);
        }
    }

    private void open() throws IOException {
        TailedFile now = TailedFile.open(path);
        FileOffset offset = resumeAt;
        if (now == null) {
            tellMissing("file is missing, waiting for it");
        }
        if (offset == null) {
            begin(now, 0);
            return;
        }
        resume(now, offset);
    }

    private void resume(@Nullable TailedFile now, FileOffset offset) throws IOException {
        if (now != null && now.fits(offset) && isInode(now, offset)) {
            begin(now, offset.position());
            return;
        }
        TailedFile rotated = RotatedFile.find(path, offset);
        if (rotated != null) {
            LOG.atInfo()
                    .addKeyValue("file", path)
                    .addKeyValue("position", offset.position())
                    .log("file was rotated while nobody read it, the old file is finished first");
            begin(rotated, offset.position());
            if (now != null) {
                successors.add(now);
            }
            return;
        }
        if (now != null && now.fits(offset)) {
            begin(now, offset.position());
            return;
        }
        if (now != null) {
            warnOfRestart(
                    "file was replaced or cut while nobody read it, it is read from its start",
                    offset.position(),
                    now.size());
            begin(now, 0);
        }
    }

    private static boolean isInode(TailedFile file, FileOffset offset) {
        Long wanted = offset.identity().inode();
        return wanted == null || wanted.equals(file.inode());
    }

    private void begin(@Nullable TailedFile file, long position) throws IOException {
        if (file == null) {
            return;
        }
        current = file;
        isComplete = false;
        isMissingTold = false;
        buffer.reset(format);
        file.seek(position);
        if (position > 0) {
            settleFormat(file, position);
        }
        LOG.atInfo().addKeyValue("file", path).addKeyValue("position", position).log("reading file");
    }

    private void settleFormat(TailedFile file, long position) throws IOException {
        if (position % format.unitBytes() != 0) {
            throw new ConnectorException("Cannot continue " + path + " at byte " + position + ": in " + format.charset()
                    + " a character starts at every " + format.unitBytes() + ". byte only. Alter or reset the offset.");
        }
        byte[] first = file.first(format.unitBytes());
        if (isMarked && first.length == format.unitBytes() && isSwapped(first, 0)) {
            buffer.reset(format.swapped());
        }
    }

    private boolean isSwapped(byte[] bytes, int from) {
        return format.swapped().startsWithMark(bytes, from);
    }

    private void lookForTruncation(TailedFile file) throws IOException {
        long size = file.size();
        if (size < file.position() || !file.isSame()) {
            warnOfRestart("file was cut or rewritten, it is read from its start", file.position(), size);
            file.seek(0);
            buffer.reset(format);
        } else if (size < file.position() + buffer.pendingBytes()) {
            // The writer took back what it had not finished; nothing of it was delivered.
            LineFormat settled = buffer.format();
            buffer.reset(file.position() == 0 ? format : settled);
        }
    }

    private void lookForSuccessor(TailedFile file) throws IOException {
        BasicFileAttributes there = FileFacts.attributes(path);
        TailedFile newest = successors.isEmpty() ? file : successors.getLast();
        if (there == null) {
            tellMissing("file was moved away, its rest is read while a new one is awaited");
            return;
        }
        if (FileFacts.key(there).equals(newest.key()) || successors.size() >= SUCCESSORS_MAX) {
            return;
        }
        TailedFile next = TailedFile.open(path);
        if (next != null) {
            successors.add(next);
            isMissingTold = false;
            LOG.atInfo()
                    .addKeyValue("file", path)
                    .log("file was rotated, the new one follows when the old is finished");
        }
    }

    private void tellMissing(String event) {
        if (!isMissingTold) {
            isMissingTold = true;
            LOG.atInfo().addKeyValue("file", path).log(event);
        }
    }

    private void warnOfRestart(String event, long position, long sizeBytes) {
        LOG.atWarn()
                .addKeyValue("file", path)
                .addKeyValue("position", position)
                .addKeyValue("sizeBytes", sizeBytes)
                .log(event);
    }

    @Override
    public LineBuffer.Found next() throws IOException {
        TailedFile file = current;
        while (file != null) {
            LineBuffer.Found found = find(file);
            if (found != LineBuffer.Found.NONE) {
                return found;
            }
            if (file.read(buffer) == 0 && !moveOn(file)) {
                return found;
            }
            file = current;
        }
        return LineBuffer.Found.NONE;
    }

    private LineBuffer.Found find(TailedFile file) {
        if (isMarked && file.position() == 0 && buffer.pendingBytes() >= format.unitBytes()) {
            takeMark(file);
        }
        return buffer.find(isComplete);
    }

    /** Takes the byte order mark out, which belongs to no line. */
    private void takeMark(TailedFile file) {
        if (isSwapped(buffer.bytes(), buffer.start())) {
            buffer.use(format.swapped());
        }
        if (buffer.format().startsWithMark(buffer.bytes(), buffer.start())) {
            file.take(buffer, format.unitBytes());
        }
    }

    /** Returns whether there may be more now: once as a complete file, then from the successor. */
    private boolean moveOn(TailedFile file) throws IOException {
        TailedFile next = successors.peek();
        if (next == null || (next.size() == 0 && successors.size() == 1)) {
            return false;
        }
        if (!isComplete) {
            isComplete = true;
            return true;
        }
        if (buffer.pendingBytes() > 0) {
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("position", file.position())
                    .addKeyValue("sizeBytes", buffer.pendingBytes())
                    .log("rotated file ends in an unfinished line, which is left out");
        }
        file.close();
        successors.remove();
        begin(next, 0);
        return true;
    }

    @Override
    public LineBuffer buffer() {
        return buffer;
    }

    @Override
    public void take() {
        open("take").take(buffer, buffer.takenBytes());
    }

    @Override
    public SourcePosition position() {
        return new SourcePosition(partition, open("position").offset());
    }

    private TailedFile open(String call) {
        TailedFile file = current;
        if (file == null) {
            throw new IllegalStateException(call + " must follow a line of next(), but no file is open.");
        }
        return file;
    }

    @Override
    public String place() {
        return name + ", at byte " + (current == null ? 0 : current.position());
    }

    @Override
    public Optional<Progress> progress() throws IOException {
        TailedFile file = current;
        if (file == null) {
            return Optional.empty();
        }
        long size = Math.max(file.size(), file.position());
        return Optional.of(new Progress(name, file.position(), OptionalLong.of(size), "bytes"));
    }

    @Override
    public void close() {
        TailedFile file = current;
        if (file != null) {
            resumeAt = file.offset();
            close(file);
        }
        successors.forEach(this::close);
        successors.clear();
        current = null;
    }

    private void close(TailedFile file) {
        try {
            file.close();
        } catch (IOException failure) {
            LOG.atDebug().addKeyValue("file", path).setCause(failure).log("closing a file failed after reading it");
        }
    }
}
