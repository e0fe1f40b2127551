package dev.sluice.broker.net;

import dev.sluice.broker.BrokerException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.network.TransferableChannel;
import org.jspecify.annotations.Nullable;

/**
 * As {@link OutChannel}, for connections under TLS, where records must pass through this process to be encrypted. They are
 * read on reader threads, {@value #CHUNK_BYTES} bytes at a time; the next piece is read when the client has taken the one
 * before, so that a slow client holds one piece and no more (invariant 6).
 *
 * <pre>
 * answer writes itself → wants a piece of a file → read on a reader thread → sent → has left → answer writes on
 * </pre>
 *
 * <p>All methods and fields belong to the event loop of the connection.
 */
final class TlsChannel implements Outgoing, TransferableChannel {
    static final int CHUNK_BYTES = 64 << 10;
    private static final long RETRY_MILLIS = 5;

    private final ChannelHandlerContext channel;
    private final Readers readers;
    /** The piece that was read and not yet taken. */
    private @Nullable ByteBuffer piece;
    /** What must be read before the answer goes on. */
    private @Nullable Callable<ByteBuffer> wanted;

    private int lastPieceBytes;
    private long fileBytesSent;

    TlsChannel(ChannelHandlerContext channel, Readers readers) {
        this.channel = channel;
        this.readers = readers;
    }

    /** Runs work that reads files elsewhere than on the event loop. */
    interface Readers {
        <T> CompletableFuture<T> submit(Callable<T> read);
    }

    @Override
    public ChannelFuture write(Send answer) throws IOException {
        ChannelPromise left = channel.newPromise();
        goOn(answer, left);
        return left;
    }

    private void goOn(Send answer, ChannelPromise left) throws IOException {
        while (!answer.completed() && wanted == null) {
            answer.writeTo(this);
        }
        if (wanted == null) {
            ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER, left);
            return;
        }
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                fileBytesSent += lastPieceBytes;
                lastPieceBytes = 0;
                read(answer, left);
            } else {
                left.tryFailure(flushed.cause());
            }
        });
    }

    private void read(Send answer, ChannelPromise left) {
        Callable<ByteBuffer> next = wanted;
        if (next == null) {
            throw new IllegalStateException("a piece should be wanted when one is read");
        }
        var unused = readers.submit(next)
                .whenComplete(
                        (bytes, failure) -> channel.executor().execute(() -> onRead(answer, left, bytes, failure)));
    }

    private void onRead(Send answer, ChannelPromise left, @Nullable ByteBuffer bytes, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof BrokerException.Overloaded && isOpen()) {
            var unused = channel.executor().schedule(() -> read(answer, left), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        if (cause != null) {
            failed(left, cause);
            return;
        }
        wanted = null;
        piece = bytes;
        try {
            goOn(answer, left);
        } catch (IOException | RuntimeException e) {
            failed(left, e);
        }
    }

    @Override
    public long fileBytesSent() {
        return fileBytesSent;
    }

    /** Half of an answer has left, and the rest will not come: the client must not wait for it. */
    private void failed(ChannelPromise left, Throwable cause) {
        left.tryFailure(cause);
        close();
    }

    @Override
    public long transferFrom(FileChannel file, long position, long byteCount) {
        ByteBuffer read = piece;
        if (read == null) {
            int size = (int) Math.min(byteCount, CHUNK_BYTES);
            wanted = () -> load(file, position, size);
            return 0;
        }
        piece = null;
        lastPieceBytes = read.remaining();
        return write(read);
    }

    /** Runs on a reader thread. */
    private static ByteBuffer load(FileChannel file, long position, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends at " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
        long byteCount = 0;
        for (int index = offset; index < offset + length; index++) {
            byteCount += write(buffers[index]);
        }
        return byteCount;
    }

    @Override
    public long write(ByteBuffer[] buffers) {
        return write(buffers, 0, buffers.length);
    }

    @Override
    public int write(ByteBuffer buffer) {
        int byteCount = buffer.remaining();
        ChannelFuture unused = channel.write(Unpooled.wrappedBuffer(buffer), channel.voidPromise());
        buffer.position(buffer.limit());
        return byteCount;
    }

    @Override
    public boolean hasPendingWrites() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return channel.channel().isActive();
    }

    @Override
    public void close() {
        ChannelFuture unused = channel.close();
    }
}
