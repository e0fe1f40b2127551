package dev.sluice.connector.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** An open file that is written at its end: a regular one, or a device or pipe, of which much less can be asked. */
final class AppendFile implements Closeable {
    /** Opens channels; tests put failing ones in between. */
    interface Opener {
        FileChannel open(Path path) throws IOException;
    }

    static final Opener REAL = path -> FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    private final Path path;
    private final FileChannel channel;
    private final Object key;
    private final boolean isRegular;
    /** At first too: before an interrupt closed the file, there may have been writes. */
    private boolean isDirty = true;

    private AppendFile(Path path, FileChannel channel, BasicFileAttributes attributes) {
        this.path = path;
        this.channel = channel;
        this.key = FileFacts.key(attributes);
        this.isRegular = attributes.isRegularFile();
    }

    /** Opens the file at a path, created if missing. */
    static AppendFile open(Path path, Opener opener) throws IOException {
        boolean isNew = Files.notExists(path);
        FileChannel channel = opener.open(path);
        try {
            AppendFile file = new AppendFile(path, channel, Files.readAttributes(path, BasicFileAttributes.class));
            if (isNew) {
                forceFolder(path);
            }
            return file;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Makes a new file's name durable. Where folders cannot be opened (Windows), the file system sees to it. */
    private static void forceFolder(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null
                || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    String key() {
        return key.toString();
    }

    boolean isRegular() {
        return isRegular;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Returns whether the path means another file now, or none. */
    boolean isMoved() throws IOException {
        if (!isRegular) {
            return false;
        }
        BasicFileAttributes there = FileFacts.attributes(path);
        return there == null || !FileFacts.key(there).equals(key);
    }

    long size() throws IOException {
        return channel.size();
    }

    void write(ByteBuffer bytes) throws IOException {
        isDirty = true;
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes);
            assert written > 0;
        }
    }

    /** Cuts the file back to a size that it had. */
    void cutTo(long size) throws IOException {
        if (isRegular && channel.size() > size) {
            channel.truncate(size);
            isDirty = true;
        }
    }

    void force() throws IOException {
        if (isDirty && isRegular) {
            channel.force(false);
        }
        isDirty = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
