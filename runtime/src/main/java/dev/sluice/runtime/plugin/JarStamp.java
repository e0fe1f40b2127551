package dev.sluice.runtime.plugin;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Tells whether a jar is still the same, without opening it as a zip file.
 *
 * <p>A zip file ends with its directory, which holds the size and CRC-32 of every entry, and a 22 byte end record, which
 * tells the directory's size. The stamp is the file's size and the CRC-32 of directory and end record: it changes with
 * any content and stays when the file is copied or unpacked elsewhere, unlike a modification time. It costs one or two
 * short reads. Files without an end record where it is expected (broken ones, or with a comment at their end) are stamped
 * by their last {@value #TAIL_BYTES} bytes; so is the last part of a directory that says it is larger than the file.
 *
 * @param relativePath the path below the location; empty if the location is the jar itself
 * @param sizeBytes the file's size
 * @param crc the CRC-32 of the zip directory
 */
record JarStamp(String relativePath, long sizeBytes, long crc) {
    private static final int TAIL_BYTES = 64 * 1024;
    private static final int END_RECORD_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int DIRECTORY_SIZE_POSITION = 12;

    static JarStamp of(Path location, Path jar) throws IOException {
        try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer tail = read(channel, Math.max(0, size - TAIL_BYTES), size);
            long start = Math.max(0, size - END_RECORD_BYTES - directoryBytes(tail));
            CRC32 crc = new CRC32();
            for (long position = start; position < size - tail.limit(); position += TAIL_BYTES) {
                long end = Math.min(position + TAIL_BYTES, size - tail.limit());
                crc.update(read(channel, position, end));
            }
            int alreadyInTail = (int) Math.min(tail.limit(), size - start);
            crc.update(tail.position(tail.limit() - alreadyInTail));
            return new JarStamp(relative(location, jar), size, crc.getValue());
        }
    }

    private static ByteBuffer read(FileChannel channel, long start, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - start)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** Returns the size that the end record gives, or that of the tail where there is no end record. */
    private static long directoryBytes(ByteBuffer tail) {
        int endRecord = tail.limit() - END_RECORD_BYTES;
        if (endRecord < 0 || tail.getInt(endRecord) != END_SIGNATURE) {
            return TAIL_BYTES;
        }
        int size = tail.getInt(endRecord + DIRECTORY_SIZE_POSITION);
        return size < 0 ? TAIL_BYTES : size;
    }

    private static String relative(Path location, Path jar) {
        return location.relativize(jar).toString().replace('\\', '/');
    }
}
