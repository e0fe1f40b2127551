package dev.sluice.testkit.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client's connection and the one to the server that belongs to it, both kept open as long as both sides like. */
final class ProxyConnection implements Exchange.Wire {
    private final FaultProxy proxy;
    private final Socket client;
    private final InetSocketAddress server;
    private @Nullable Socket upstream;
    private @Nullable InputStream answers;

    ProxyConnection(FaultProxy proxy, Socket client, InetSocketAddress server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /** Serves one request after the other until a side closes; then both are closed. */
    void serve() {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            Optional<HttpMessage> request = HttpMessage.readRequest(in, client.getOutputStream());
            while (request.isPresent()) {
                proxy.handle(request.get(), this);
                request = HttpMessage.readRequest(in, client.getOutputStream());
            }
        } catch (IOException broken) {
            // Ours or theirs: a client sees a broken connection, which is what such a test is about.
            resetQuietly();
        } catch (InterruptedException closed) {
            resetQuietly();
            Thread.currentThread().interrupt();
        } finally {
            closeUpstream();
        }
    }

    @Override
    public HttpMessage forward(HttpMessage request) throws IOException {
        try {
            Socket socket = upstream();
            request.write(socket.getOutputStream());
            return HttpMessage.readResponse(answers(socket), request);
        } catch (IOException broken) {
            closeUpstream();
            throw broken;
        }
    }

    private Socket upstream() throws IOException {
        if (upstream == null) {
            upstream = new Socket();
            upstream.setTcpNoDelay(true);
            upstream.connect(server);
        }
        return upstream;
    }

    private InputStream answers(Socket socket) throws IOException {
        if (answers == null) {
            answers = new BufferedInputStream(socket.getInputStream());
        }
        return answers;
    }

    @Override
    public void answer(byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
        client.getOutputStream().flush();
    }

    @Override
    public void reset() throws IOException {
        // Without lingering, closing sends a reset instead of an orderly end.
        client.setSoLinger(true, 0);
        client.close();
    }

    void resetQuietly() {
        try {
            reset();
        } catch (IOException alreadyClosed) {
            assert client.isClosed();
        }
    }

    private void closeUpstream() {
        try (Socket closing = upstream) {
            upstream = null;
            answers = null;
            assert closing == null || !closing.isClosed();
        } catch (IOException alreadyBroken) {
            assert upstream == null;
        }
    }
}
