package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A file on a disk that takes so many more bytes and then is full, and whose fsync can be made to fail. */
final class FailingChannel extends FileChannel {
    /** What all channels of a test share. */
    static final class Disk {
        final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
        volatile boolean isBroken;

        FileChannel open(Path path) throws IOException {
            return new FailingChannel(AppendFile.REAL.open(path), this);
        }
    }

    private final FileChannel real;
    private final Disk disk;

    private FailingChannel(FileChannel real, Disk disk) {
        this.real = real;
        this.disk = disk;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long free = disk.freeBytes.get();
        if (free <= 0 && source.hasRemaining()) {
            throw new FileSystemException(null, null, "No space left on device");
        }
        ByteBuffer part = source.slice().limit((int) Math.min(free, source.remaining()));
        int written = real.write(part);
        source.position(source.position() + written);
        disk.freeBytes.addAndGet(-written);
        return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (disk.isBroken) {
            throw new IOException("Input/output error");
        }
        real.force(metaData);
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return real.truncate(size);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public int read(ByteBuffer target) {
        throw unused();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw unused();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw unused();
    }

    @Override
    public long position() {
        throw unused();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw unused();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw unused();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw unused();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        throw unused();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw unused();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw unused();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw unused();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the sink does not use this");
    }
}
