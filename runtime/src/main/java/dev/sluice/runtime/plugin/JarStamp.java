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
 * any content and stays when the file is copied or unpacked elsewhere, unlike a modification time. It costs two short
 * reads. Files without an end record where it is expected (broken ones, or with a comment at their end) are stamped by
 * their last {@value #CHUNK_BYTES} bytes, and those whose end record claims more than the file holds by all of it.
 *
 * @param relativePath the path below the location; empty if the location is the jar itself
 * @param sizeBytes the file's size
 * @param crc the CRC-32 of the zip directory
 */
record JarStamp(String relativePath, long sizeBytes, long crc) {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int END_RECORD_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int DIRECTORY_SIZE_POSITION = 12;

    static JarStamp of(Path location, Path jar) throws IOException {
        try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.READ)) {
            long size = channel.size();
            long directoryBytes = directoryBytes(read(channel, Math.max(0, size - END_RECORD_BYTES), size));
            CRC32 crc = new CRC32();
            long position = Math.max(0, size - END_RECORD_BYTES - directoryBytes);
            while (position < size) {
                long end = Math.min(position + CHUNK_BYTES, size);
                crc.update(read(channel, position, end));
                position = end;
            }
            return new JarStamp(relative(location, jar), size, crc.getValue());
        }
    }

    boolean isSameAs(JarStamp other) {
        return sizeBytes == other.sizeBytes && crc == other.crc && relativePath.equals(other.relativePath);
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

    /** Returns the size that the end record gives, or a fixed one where there is no end record. */
    private static long directoryBytes(ByteBuffer end) {
        if (end.limit() < END_RECORD_BYTES || end.getInt(0) != END_SIGNATURE) {
            return CHUNK_BYTES;
        }
        int size = end.getInt(DIRECTORY_SIZE_POSITION);
        return size < 0 ? CHUNK_BYTES : size;
    }

    private static String relative(Path location, Path jar) {
        return location.relativize(jar).toString().replace('\\', '/');
    }
}
