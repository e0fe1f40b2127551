package dev.sluice.connector.elasticsearch.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.List;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.entity.HttpAsyncContentProducer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, sent from the pieces where they are; as often as the client wants it.
 *
 * <p>Used by one thread of the client at a time. Each attempt to send has an encoder of its own, by which a new attempt is told from
 * the next part of the old one: the client may begin the next attempt before it closes the old one, so closing tells nothing.
 */
final class Body extends AbstractHttpEntity implements HttpAsyncContentProducer {
    private final List<ByteBuffer> pieces;
    private final long length;

    private @Nullable ContentEncoder attempt;
    private int nextPiece;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Body(Request request) {
        this.pieces = request.body();
        this.length = request.bodyBytes();
        setContentType(request.mediaType());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Which encoder it is tells the attempts apart.
    public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
        if (encoder != attempt) {
            attempt = encoder;
            nextPiece = 0;
            rest = ByteBuffer.allocate(0);
        }
        while (rest.hasRemaining() || nextPiece < pieces.size()) {
            if (!rest.hasRemaining()) {
                rest = pieces.get(nextPiece).duplicate();
                nextPiece++;
            }
            encoder.write(rest);
            if (rest.hasRemaining()) {
                return; // The socket takes no more now; the client calls again.
            }
        }
        encoder.complete();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public InputStream getContent() {
        return new SequenceInputStream(
                Collections.enumeration(pieces.stream().map(Body::stream).toList()));
    }

    private static InputStream stream(ByteBuffer piece) {
        if (piece.hasArray()) {
            return new ByteArrayInputStream(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
        byte[] copy = new byte[piece.remaining()];
        piece.duplicate().get(copy);
        return new ByteArrayInputStream(copy);
    }

    /** Writes everything; this is the way through the compression. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        for (ByteBuffer piece : pieces) {
            ByteBuffer left = piece.duplicate();
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    /** Does nothing: there is nothing to release. */
    @Override
    public void close() {}
}
