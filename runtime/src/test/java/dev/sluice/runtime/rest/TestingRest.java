package dev.sluice.runtime.rest;

import dev.sluice.runtime.config.RestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A REST server with fake connectors, and a client for it. Used by one test at a time. */
final class TestingRest implements AutoCloseable {
    final FakeConnectors connectors = new FakeConnectors();
    final FakePluginConfigs pluginConfigs = new FakePluginConfigs();
    final RestServer server;
    final HttpClient client;
    private final Vertx vertx;

    private TestingRest(Map<String, String> settings, HttpClient client) {
        this.client = client;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setMaxEventLoopExecuteTime(200)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
        this.server = RestServer.listen(vertx, config(settings));
    }

    static RestConfig config(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("listeners", "http://127.0.0.1:0"));
        all.putAll(settings);
        return RestConfig.parse(all);
    }

    /** A server that has not started yet. */
    static TestingRest starting(Map<String, String> settings) {
        return new TestingRest(settings, HttpClient.newHttpClient());
    }

    static TestingRest serving(Map<String, String> settings) {
        return serving(settings, HttpClient.newHttpClient());
    }

    static TestingRest serving(Map<String, String> settings, HttpClient client) {
        TestingRest rest = new TestingRest(settings, client);
        rest.serve(() -> CompletableFuture.completedFuture(null));
        return rest;
    }

    void serve(Supplier<CompletableFuture<?>> pulse) {
        server.serve(new RestServices(
                connectors,
                pluginConfigs,
                new FakeMask(),
                () -> "sluice_up 1\n",
                LogbackLoggers.ofProcess(Clock.systemUTC()),
                pulse));
    }

    URI uri(String path) {
        return URI.create(server.addresses().get(0) + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> sendJson(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Vert.x should close", e);
        }
    }
}
