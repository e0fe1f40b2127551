package dev.sluice.connector.file;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Holds the bytes that were read but not yet taken as lines, and finds the lines in them.
 *
 * <p>Lines end in LF, CR or CRLF. A CR as the last byte decides nothing yet: the byte after it may be the LF that belongs
 * to it. So the same input gives the same lines and the same positions, however it was cut into reads.
 *
 * <pre>
 *   0        start          scanned        end       capacity
 *   | taken  | no terminator | not looked at | free   |
 * </pre>
 */
final class LineBuffer {
    /** Bytes of one read at most; long lines let the buffer grow to the line limit plus this, for as long as they need it. */
    static final int BLOCK_BYTES_MAX = 256 * 1024;

    /** Bytes of one read where little comes: a worker may have hundreds of quiet files, each with a buffer. */
    static final int BLOCK_BYTES_MIN = 8 * 1024;

    /** What {@link #find} saw. */
    enum Found {
        /** A whole line within the limit. */
        LINE,
        /** No terminator yet. */
        NONE,
        /** A line, terminated or not, beyond the limit. */
        TOO_LONG
    }

    private final int lineBytesMax;
    private LineFormat format;
    private int blockBytes = BLOCK_BYTES_MIN;
    private byte[] bytes = new byte[BLOCK_BYTES_MIN];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int start;
    private int scanned;
    private int end;
    private int lineBytes;
    private int terminatorBytes;

    LineBuffer(LineFormat format, int lineBytesMax) {
        this.format = format;
        this.lineBytesMax = lineBytesMax;
    }

    LineFormat format() {
        return format;
    }

    /** Forgets everything and expects the given format. */
    void reset(LineFormat newFormat) {
        format = newFormat;
        start = 0;
        scanned = 0;
        end = 0;
    }

    /** Reads what is there, and what comes, in another format. */
    void use(LineFormat newFormat) {
        format = newFormat;
        scanned = start;
    }

    /** Returns room for at least one more byte; tell {@link #filled} what went in. */
    ByteBuffer room() {
        if (start == end) {
            reset(format);
            resize(blockBytes);
        } else if (bytes.length - end < blockBytes / 2) {
            makeRoom();
        }
        return view.limit(bytes.length).position(end);
    }

    private void makeRoom() {
        int kept = end - start;
        // At most twice the longest line plus a block, because findings beyond the limit are taken out at once.
        int capacity = kept > bytes.length / 2 ? bytes.length * 2 : bytes.length;
        resize(Math.max(capacity, blockBytes));
        System.arraycopy(bytes, start, bytes, 0, kept);
        scanned -= start;
        start = 0;
        end = kept;
    }

    private void resize(int capacity) {
        if (bytes.length != capacity) {
            bytes = Arrays.copyOf(bytes, capacity);
            view = ByteBuffer.wrap(bytes);
        }
    }

    /** Takes note of what was read: a full buffer is followed by larger reads, nothing by small ones. */
    void filled(int count) {
        end += count;
        if (count == 0) {
            blockBytes = BLOCK_BYTES_MIN;
        } else if (end == bytes.length) {
            blockBytes = Math.min(blockBytes * 4, BLOCK_BYTES_MAX);
        }
    }

    /** Returns the bytes that were read but not taken. */
    int pendingBytes() {
        return end - start;
    }

    /** Returns the bytes themselves, for the one who knows {@link #start}; they change with the next {@link #room}. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /**
     * Looks for the next line; {@link #line}, {@link #lineBytes} and {@link #takenBytes} then speak of it.
     *
     * @param isComplete whether nothing can follow what is in the buffer, so that a CR at its end ends a line
     */
    Found find(boolean isComplete) {
        int at = format.indexOfTerminator(bytes, scanned, end);
        lineBytes = at - start;
        terminatorBytes = terminatorAt(at, isComplete);
        if (lineBytes > lineBytesMax) {
            scanned = terminatorBytes == 0 ? at : start;
            return Found.TOO_LONG;
        }
        if (terminatorBytes == 0) {
            scanned = at;
            return Found.NONE;
        }
        return Found.LINE;
    }

    private int terminatorAt(int at, boolean isComplete) {
        int unit = format.unitBytes();
        if (at + unit > end) {
            return 0;
        }
        if (format.unitAt(bytes, at) == format.lf()) {
            return unit;
        }
        if (at + 2 * unit <= end) {
            return format.unitAt(bytes, at + unit) == format.lf() ? 2 * unit : unit;
        }
        return isComplete ? unit : 0;
    }

    /** Returns the bytes of the line without its terminator. */
    int lineBytes() {
        return lineBytes;
    }

    /** Returns the bytes of the line and its terminator, as far as it was found. */
    int takenBytes() {
        return lineBytes + terminatorBytes;
    }

    /** Returns whether the line found has its terminator. */
    boolean isTerminated() {
        return terminatorBytes > 0;
    }

    /** Returns a copy of the line found, at most so many bytes of it. */
    byte[] line(int bytesMax) {
        return Arrays.copyOfRange(bytes, start, start + Math.min(lineBytes, bytesMax));
    }

    /** Takes bytes out at the front. */
    void take(int count) {
        start += count;
        scanned = start;
    }
}
