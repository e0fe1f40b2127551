package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the file system says about a path, and how its failures are put into words. */
final class FileFacts {
    private FileFacts() {}

    /**
     * Returns what tells the file behind a path from any other that stood or will stand there: the file key, or where
     * the file system has none, the creation time.
     */
    static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
    }

    /** Returns the attributes of the file behind a path, or null if there is none. */
    static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    /** Returns the inode of the file behind a path, or null where the file system has none. */
    static @Nullable Long inode(Path path) throws IOException {
        try {
            return Files.getAttribute(path, "unix:ino") instanceof Long inode ? inode : null;
        } catch (UnsupportedOperationException | IllegalArgumentException noInodes) {
            return null;
        }
    }

    /** Returns why an operation on a file failed, as a clause without a stop. */
    static String words(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "this process may not access it (permission denied)";
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (failure instanceof ClosedByInterruptException) {
            return "the thread was interrupted";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
