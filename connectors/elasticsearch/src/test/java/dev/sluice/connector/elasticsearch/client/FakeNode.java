package dev.sluice.connector.elasticsearch.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free port that answers as a test says and remembers what it was asked. */
final class FakeNode implements AutoCloseable {
    /** What one request brought, its header names in lower case. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Seen(String method, String uri, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Answers one request. */
    interface Script {
        void answer(Seen seen, HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private FakeNode(HttpServer server) {
        this.server = server;
    }

    static FakeNode answering(Script script) {
        return on(0, script);
    }

    static FakeNode answering(int status, String body) {
        return answering((seen, exchange) -> reply(exchange, status, body));
    }

    static FakeNode on(int port, Script script) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            FakeNode node = new FakeNode(server);
            server.setExecutor(node.threads);
            server.createContext("/", exchange -> node.handle(exchange, script));
            server.start();
            return node;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void handle(HttpExchange exchange, Script script) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Seen request = new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                exchange.getRequestBody().readAllBytes());
        seen.add(request);
        try {
            script.answer(request, exchange);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
