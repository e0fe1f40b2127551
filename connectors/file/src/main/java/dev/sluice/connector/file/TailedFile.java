package dev.sluice.connector.file;

import dev.sluice.api.error.ConnectorException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An open file that is read from its front, and what is needed to notice that it is not the same file any more. */
final class TailedFile implements Closeable {
    private static final int OPEN_ATTEMPTS = 5;

    private final FileChannel channel;
    private final Object key;
    private final @Nullable Long inode;
    private final FileHead head;
    private long position;

    private TailedFile(FileChannel channel, Object key, @Nullable Long inode) {
        this.channel = channel;
        this.key = key;
        this.inode = inode;
        this.head = new FileHead(inode);
    }

    /**
     * Opens the file that stands behind a path now.
     *
     * @return the file at position 0, or null if there is none or it changes faster than it can be opened
     * @throws ConnectorException if the path is not a regular file
     */
    static @Nullable TailedFile open(Path path) throws IOException {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            BasicFileAttributes before = FileFacts.attributes(path);
            if (before == null) {
                return null;
            }
            requireRegular(path, before);
            TailedFile file = openSame(path, FileFacts.key(before));
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    /** Refuses directories, pipes and devices. */
    static void requireRegular(Path path, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            String what = attributes.isDirectory() ? "it is a directory" : "it is a pipe or a device";
            throw new ConnectorException("Cannot read lines from " + path + ": " + what
                    + ", not a regular file. Set file to a regular file, or leave it out to read standard input.");
        }
    }

    /** Fails if the path can be read neither now nor later; a missing file may come. */
    static void requireReadable(Path path) {
        try {
            TailedFile file = TailedFile.open(path);
            if (file != null) {
                file.close();
            }
        } catch (IOException failure) {
            throw new ConnectorException(
                    "Cannot read lines from " + path + ": " + FileFacts.words(failure)
                            + ". Grant read access to this process or set file to another one.",
                    failure);
        }
    }

    /** Channels do not tell which file they opened; so the path must mean the same file before and after. */
    private static @Nullable TailedFile openSame(Path path, Object key) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            BasicFileAttributes after = FileFacts.attributes(path);
            if (after != null && FileFacts.key(after).equals(key)) {
                TailedFile file = new TailedFile(channel, key, FileFacts.inode(path));
                channel = null;
                return file;
            }
            return null;
        } finally {
            if (channel != null) {
                channel.close();
            }
        }
    }

    Object key() {
        return key;
    }

    @Nullable
    Long inode() {
        return inode;
    }

    long position() {
        return position;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Returns whether an offset can have come from this file: it is long enough and begins with the same bytes. */
    boolean fits(FileOffset offset) throws IOException {
        FileIdentity identity = offset.identity();
        if (size() < Math.max(offset.position(), identity.headBytes())) {
            return false;
        }
        byte[] first = first(identity.headBytes());
        return FileHead.crc(first, first.length) == identity.headCrc();
    }

    /** Returns whether the file still begins with what was delivered from it. */
    boolean isSame() throws IOException {
        byte[] first = first(head.length());
        return Arrays.equals(first, 0, first.length, head.bytes(), 0, head.length());
    }

    /** Returns the first bytes, fewer if the file is shorter. */
    byte[] first(int count) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(count);
        int read = 0;
        while (first.hasRemaining() && read >= 0) {
            read = channel.read(first, first.position());
        }
        return Arrays.copyOf(first.array(), first.position());
    }

    /** Continues at a byte. */
    void seek(long newPosition) throws IOException {
        byte[] first = first((int) Math.min(newPosition, FileHead.BYTES_MAX));
        head.clear();
        head.append(first, 0, first.length);
        position = newPosition;
    }

    /** Reads behind the bytes that the buffer holds; returns how many there were, 0 at the end. */
    int read(LineBuffer buffer) throws IOException {
        ByteBuffer room = buffer.room();
        int count = Math.max(0, channel.read(room, position + buffer.pendingBytes()));
        buffer.filled(count);
        return count;
    }

    /** Takes bytes out of the buffer; they count as delivered. */
    void take(LineBuffer buffer, int count) {
        if (head.length() < FileHead.BYTES_MAX) {
            head.append(buffer.bytes(), buffer.start(), count);
        }
        buffer.take(count);
        position += count;
    }

    FileOffset offset() {
        return new FileOffset(position, head.identity());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
