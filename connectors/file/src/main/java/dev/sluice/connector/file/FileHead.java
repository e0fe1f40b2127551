package dev.sluice.connector.file;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first bytes of a file, as far as they were delivered, to recognise the file by.
 *
 * <p>Only delivered bytes count: a writer may still cut and rewrite its unfinished last line.
 */
final class FileHead {
    static final int BYTES_MAX = 1024;

    private final @Nullable Long inode;
    private final byte[] bytes = new byte[BYTES_MAX];
    private int length;
    private @Nullable FileIdentity full;

    FileHead(@Nullable Long inode) {
        this.inode = inode;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        length = 0;
        full = null;
    }

    /** Adds what follows the bytes so far, as much as is still wanted. */
    void append(byte[] source, int from, int count) {
        int added = Math.min(count, BYTES_MAX - length);
        System.arraycopy(source, from, bytes, length, added);
        length += added;
    }

    /** Returns the identity by the bytes so far. */
    FileIdentity identity() {
        FileIdentity known = full;
        if (known != null) {
            return known;
        }
        FileIdentity now = new FileIdentity(inode, length, crc(bytes, length));
        if (length == BYTES_MAX) {
            full = now;
        }
        return now;
    }

    static long crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
