package dev.sluice.broker.net;

import io.netty.channel.ChannelFuture;
import java.io.IOException;
import org.apache.kafka.common.network.Send;

/** Sends answers to a client. Used on the event loop of its connection, one answer after another. */
interface Outgoing {
    /** Writes an answer as a whole; the future is done when it has left, or failed. */
    ChannelFuture write(Send answer) throws IOException;

    /** Returns how many bytes of files have left, by which a client is known to read on. */
    long fileBytesSent();
}
