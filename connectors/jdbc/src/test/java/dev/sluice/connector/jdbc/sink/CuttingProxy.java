package dev.sluice.connector.jdbc.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a database. Armed, it forwards the next message that holds {@code COMMIT}, waits for the answer, and cuts
 * the connection instead of handing it over: the client cannot know whether its transaction was committed.
 */
final class CuttingProxy implements AutoCloseable {
    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Cuts so many times. */
    void arm(int count) {
        cuts.set(count);
    }

    int left() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                Link link = new Link(client, server);
                threads.execute(link::toServer);
                threads.execute(link::toClient);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean isCut;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void toServer() {
            byte[] buffer = new byte[64 * 1024];
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (holdsCommit(buffer, read) && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        isCut = true;
                    }
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException ended) {
                isCut = true;
            }
        }

        void toClient() {
            byte[] buffer = new byte[64 * 1024];
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int read = in.read(buffer); read >= 0 && !isCut; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException ended) {
                isCut = true;
            }
        }
    }

    private static boolean holdsCommit(byte[] bytes, int size) {
        for (int i = 0; i + COMMIT.length <= size; i++) {
            if (Arrays.equals(bytes, i, i + COMMIT.length, COMMIT, 0, COMMIT.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot close the proxy.", failed);
        } finally {
            threads.shutdownNow();
        }
    }
}
