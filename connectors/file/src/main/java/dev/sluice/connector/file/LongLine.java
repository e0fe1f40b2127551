package dev.sluice.connector.file;

import dev.sluice.api.error.DataException;
import java.io.ByteArrayOutputStream;

/** A line beyond the limit on its way past: where it began, its first bytes, and how long it is so far. */
final class LongLine {
    /** Bytes of it that are kept for the report. */
    private static final int KEPT_BYTES_MAX = 64 * 1024;

    private final String place;
    private final int lineBytesMax;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long sizeBytes;

    LongLine(String place, int lineBytesMax) {
        this.place = place;
        this.lineBytesMax = lineBytesMax;
    }

    /** Takes what the buffer found as the line's next part. */
    void add(LineBuffer buffer) {
        kept.writeBytes(buffer.line(KEPT_BYTES_MAX - kept.size()));
        sizeBytes += buffer.lineBytes();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    byte[] kept() {
        return kept.toByteArray();
    }

    /** Returns the failure that the line is for a task that must not leave lines out. */
    DataException failure() {
        return new DataException("Cannot read a line of " + place + ": it has more than line.bytes.max=" + lineBytesMax
                + " bytes. Raise line.bytes.max, or tolerate errors to leave such lines out.");
    }
}
