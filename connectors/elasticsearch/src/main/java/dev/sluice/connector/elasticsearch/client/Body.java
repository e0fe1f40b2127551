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

/** The body of a request, sent from the pieces where they are; as often as the client wants it. */
final class Body extends AbstractHttpEntity {
    private final List<ByteBuffer> pieces;
    private final long length;

    Body(Request request) {
        this.pieces = request.body();
        this.length = request.bodyBytes();
        setContentType(request.mediaType());
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
        return new ByteArrayInputStream(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        for (ByteBuffer piece : pieces) {
            ByteBuffer rest = piece.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    @Override
    public boolean isStreaming() {
        return false;
    }
}
