package dev.sluice.broker.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.network.TransferableChannel;

/**
 * Shows a Netty channel to Kafka's answers, which know how to write themselves. Records in a file become a file region,
 * which the system sends without a copy through this process.
 */
final class OutChannel implements Outgoing, TransferableChannel {
    private final ChannelHandlerContext channel;
    private long fileBytesSent;

    OutChannel(ChannelHandlerContext channel) {
        this.channel = channel;
    }

    @Override
    public ChannelFuture write(Send answer) throws IOException {
        while (!answer.completed()) {
            answer.writeTo(this);
        }
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
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
    public long transferFrom(FileChannel file, long position, long byteCount) {
        ChannelFuture unused = channel.write(new OpenFileRegion(file, position, byteCount), channel.voidPromise());
        return byteCount;
    }

    /** How many bytes from files have left so far: it rises while a client reads a large answer slowly. */
    @Override
    public long fileBytesSent() {
        return fileBytesSent;
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

    /** Netty closes the file of a region once it is sent; this one belongs to the log. */
    private final class OpenFileRegion extends DefaultFileRegion {
        OpenFileRegion(FileChannel file, long position, long byteCount) {
            super(file, position, byteCount);
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            long byteCount = super.transferTo(target, position);
            fileBytesSent += byteCount;
            return byteCount;
        }

        @Override
        protected void deallocate() {}
    }
}
