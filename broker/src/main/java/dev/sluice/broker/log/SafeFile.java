package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.kafka.common.utils.Utils;

/** Writes small files so that a crash leaves the old or the new text, never a part of it. */
public final class SafeFile {
    private SafeFile() {}

    /**
     * As {@link #write}, for a file that only its owner may read, where the file system knows owners.
     *
     * @param file the file
     * @param text its new content, stored as UTF-8
     * @throws IOException when the disk refuses; the old file is still there
     */
    public static void writePrivate(Path file, String text) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Path temporary = temporary(file);
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        write(file, text);
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    /**
     * Replaces a file: a temporary file is written and fsynced, renamed over the old one, and the directory is fsynced.
     *
     * @param file the file
     * @param text its new content, stored as UTF-8
     * @throws IOException when the disk refuses; the old file is still there
     */
    public static void write(Path file, String text) throws IOException {
        Path temporary = temporary(file);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Utils.atomicMoveWithFallback(temporary, file);
    }
}
