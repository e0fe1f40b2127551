package dev.sluice.broker.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames. A frame is its size, a big-endian int32, and that many bytes. What was received is
 * kept in the pieces in which it came: a size that is only claimed takes no memory. Small pieces that pile up are joined,
 * because each of them takes some 200 bytes, and a client may send byte by byte.
 */
final class Frames {
    private static final int SIZE_BYTES = 4;
    private static final int SIZE_UNKNOWN = -1;
    private static final int SMALL_BYTES = 1024;
    private static final int SMALL_COUNT_MAX = 8;
    private static final int JOINT_BYTES = 16 << 10;

    private int sizeMax;
    private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
    /** Where small pieces go; what was written of it is the last of the pieces. */
    private ByteBuffer joint = ByteBuffer.allocate(0);

    private boolean isLastJoint;

    private long receivedBytes;
    private int size = SIZE_UNKNOWN;

    Frames(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    /** Allows other sizes from the next frame on. */
    void allow(int newSizeMax) {
        sizeMax = newSizeMax;
    }

    void add(ByteBuffer piece) {
        if (!piece.hasRemaining()) {
            return;
        }
        receivedBytes += piece.remaining();
        if (piece.remaining() < SMALL_BYTES && pieces.size() >= SMALL_COUNT_MAX) {
            join(piece);
        } else {
            pieces.add(piece);
            isLastJoint = false;
        }
    }

    private void join(ByteBuffer piece) {
        ByteBuffer last = pieces.getLast();
        if (!isLastJoint || joint.remaining() < piece.remaining()) {
            joint = ByteBuffer.allocate(JOINT_BYTES);
            last = joint.duplicate().limit(0);
            pieces.add(last);
            isLastJoint = true;
        }
        joint.put(piece);
        last.limit(joint.position());
    }

    /** How many pieces are held, for tests. */
    int pieceCount() {
        return pieces.size();
    }

    /** Whether the size of the next frame has arrived; from then on {@link #size} tells it. */
    boolean hasSize() throws MalformedFrame {
        if (size != SIZE_UNKNOWN) {
            return true;
        }
        if (receivedBytes < SIZE_BYTES) {
            return false;
        }
        int claimed = take(SIZE_BYTES).getInt();
        if (claimed < 0 || claimed > sizeMax) {
            throw new MalformedFrame(
                    "a request of " + claimed + " bytes; allowed are 0 to socket.request.max.bytes=" + sizeMax);
        }
        size = claimed;
        return true;
    }

    int size() {
        return size;
    }

    /** Returns the frame whose size is known, or null until it has arrived as a whole. */
    @Nullable
    ByteBuffer next() {
        if (size == SIZE_UNKNOWN || receivedBytes < size) {
            return null;
        }
        ByteBuffer frame = take(size);
        size = SIZE_UNKNOWN;
        return frame;
    }

    private ByteBuffer take(int byteCount) {
        receivedBytes -= byteCount;
        ByteBuffer first = pieces.peek();
        if (first != null && first.remaining() >= byteCount) {
            return cut(first, byteCount);
        }
        ByteBuffer joined = ByteBuffer.allocate(byteCount);
        while (joined.hasRemaining()) {
            ByteBuffer piece = pieces.element();
            joined.put(cut(piece, Math.min(piece.remaining(), joined.remaining())));
        }
        return joined.flip();
    }

    private ByteBuffer cut(ByteBuffer piece, int byteCount) {
        ByteBuffer part = piece.slice(piece.position(), byteCount);
        piece.position(piece.position() + byteCount);
        if (!piece.hasRemaining()) {
            pieces.remove();
        }
        return part;
    }

    /** A stream that is not Kafka's protocol. */
    static final class MalformedFrame extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedFrame(String message) {
            super(message);
        }
    }
}
