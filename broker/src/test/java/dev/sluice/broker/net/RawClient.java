package dev.sluice.broker.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A client that sends what it is told, right or wrong. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int correlationId;
    private int frameSize = -1;

    RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void sendBytes(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends a request and returns its header, by which the answer is read. */
    RequestHeader send(ApiKeys key, int version, ApiMessage data) throws IOException {
        RequestHeader header = new RequestHeader(key, (short) version, "raw", correlationId++);
        sendBytes(frame(header, data));
        return header;
    }

    /** The bytes of a request, with their size before them. */
    static byte[] frame(RequestHeader header, ApiMessage data) {
        ByteBuffer bytes = AbstractRequest.parseRequest(
                        header.apiKey(),
                        header.apiVersion(),
                        new ByteBufferAccessor(MessageUtil.toByteBufferAccessor(data, header.apiVersion())
                                .buffer()))
                .request
                .serializeWithHeader(header);
        return ByteBuffer.allocate(Integer.BYTES + bytes.remaining())
                .putInt(bytes.remaining())
                .put(bytes)
                .array();
    }

    /** Sends the header of a request without a body. */
    void sendHeader(int key, int version) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(15).putInt(11);
        frame.putShort((short) key)
                .putShort((short) version)
                .putInt(correlationId++)
                .putShort((short) -1)
                .put((byte) 0); // no tagged fields
        sendBytes(frame.array());
    }

    /** Sends bytes with their size before them. */
    void sendFrame(byte... bytes) throws IOException {
        sendBytes(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array());
    }

    /** Reads the size of a frame and no more; the next receive takes up from there. */
    void awaitTheBeginningOfAFrame() throws IOException {
        frameSize = in.readInt();
    }

    /** Whether the connection is there and nothing has come. */
    boolean isOpen() throws IOException {
        socket.setSoTimeout(1);
        try {
            return in.read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    ByteBuffer receiveFrame() throws IOException {
        byte[] frame = new byte[frameSize < 0 ? in.readInt() : frameSize];
        frameSize = -1;
        in.readFully(frame);
        return ByteBuffer.wrap(frame);
    }

    AbstractResponse receive(RequestHeader header) throws IOException {
        ByteBuffer frame = receiveFrame();
        AbstractResponse answer = AbstractResponse.parseResponse(frame, header);
        if (frame.hasRemaining()) {
            throw new AssertionError("an answer to " + header + " has " + frame.remaining() + " bytes too many");
        }
        return answer;
    }

    AbstractResponse call(ApiKeys key, int version, ApiMessage data) throws IOException {
        return receive(send(key, version, data));
    }

    /** Says that nothing more will be sent. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads whatever comes until the broker ends the connection. */
    void drain(Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        byte[] buffer = new byte[1 << 16];
        while (in.read(buffer) >= 0) {
            // not wanted
        }
    }

    /** Waits until the broker ends the connection; false if it sends something instead. */
    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    /** As {@link #isEnded}, where an alert of TLS may come before the end. */
    boolean endsWithoutAnAnswer() throws IOException {
        try {
            byte[] alert = in.readAllBytes();
            return alert.length < 16;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
