package dev.sluice.connector.file;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.record.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Lines from standard input. It has no positions: what was read and not stored when the process ends is lost.
 *
 * <p>Reads only what is there, because a read that waits cannot be interrupted; so the end of the input looks like a
 * pause.
 */
final class StdinLines implements LineSource {
    private static final SourcePosition NOWHERE = new SourcePosition(Map.of(), Map.of());

    private final InputStream input;
    private final LineBuffer buffer;
    private long takenBytes;

    StdinLines(InputStream input, LineBuffer buffer) {
        this.input = input;
        this.buffer = buffer;
    }

    @Override
    public void look() {}

    @Override
    public boolean isQuiet() {
        return false;
    }

    @Override
    public void awaitChange(long millis) throws InterruptedException {
        Thread.sleep(Math.min(millis, LookPace.GROWING.maxMillis()));
    }

    @Override
    public LineBuffer.Found next() throws IOException {
        LineBuffer.Found found = buffer.find(false);
        while (found == LineBuffer.Found.NONE && fill() > 0) {
            found = buffer.find(false);
        }
        return found;
    }

    private int fill() throws IOException {
        ByteBuffer room = buffer.room();
        int count = Math.min(input.available(), room.remaining());
        if (count <= 0) {
            return 0;
        }
        byte[] read = input.readNBytes(count);
        room.put(read);
        buffer.filled(read.length);
        return read.length;
    }

    @Override
    public LineBuffer buffer() {
        return buffer;
    }

    @Override
    public void take() {
        takenBytes += buffer.takenBytes();
        buffer.take(buffer.takenBytes());
    }

    @Override
    public SourcePosition position() {
        return NOWHERE;
    }

    @Override
    public String place() {
        return "standard input, after " + takenBytes + " bytes";
    }

    @Override
    public Optional<Progress> progress() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
