package dev.sluice.connector.elasticsearch.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that opens tunnels for who has the right login, and remembers the heads of the requests that it got. */
final class FakeTunnel implements AutoCloseable {
    private static final String REFUSAL = String.join(
            "\r\n",
            "HTTP/1.1 407 Proxy Authentication Required",
            "Proxy-Authenticate: Basic realm=\"p\"",
            "Content-Length: 0",
            "",
            "");

    private final ServerSocket server;
    private final String authorization;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    FakeTunnel(String authorization) throws IOException {
        this.authorization = authorization;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            // Line by line from the bare stream: what follows the head belongs to the tunnel.
            InputStream in = client.getInputStream();
            String head = head(in);
            while (!head.isEmpty()) {
                heads.add(head);
                if (head.contains("Proxy-Authorization: " + authorization)) {
                    tunnel(client, head.split(" ", 3)[1]);
                    return;
                }
                client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
                head = head(in);
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int each = in.read();
            if (each < 0) {
                return "";
            }
            head.append((char) each);
        }
        return head.toString();
    }

    private void tunnel(Socket client, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (Socket node = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> copy(client, node));
            copy(node, client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
