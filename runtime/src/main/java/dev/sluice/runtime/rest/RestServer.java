package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.runtime.control.HerderView;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Listens for HTTP. It takes its ports before there is a worker, so that a port in use ends the start before anything was
 * opened; until {@link #serve} it answers 503.
 *
 * <p>{@link #listen}, {@link #serve} and {@link #close} belong to one thread, which is no event loop; handlers run on event
 * loops and see the routes through a volatile field.
 */
public final class RestServer implements AutoCloseable {
    private static final int IDLE_SECONDS = 120;
    private static final long LISTEN_SECONDS_MAX = 30;
    private static final long CLOSE_SECONDS_MAX = 5;

    private final Vertx vertx;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private volatile Handler<HttpServerRequest> routes = Answers::sendStarting;

    private RestServer(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Takes the ports. Blocks until that is done.
     *
     * @param vertx runs the event loops
     * @param listeners where to listen, each with host and port; port 0 is any free one
     * @return the server, answering 503
     * @throws ConfigException if an address cannot be listened on; none is kept then
     */
    public static RestServer listen(Vertx vertx, List<URI> listeners) {
        RestServer server = new RestServer(vertx);
        try {
            listeners.forEach(server::listen);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void listen(URI listener) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(listener.getHost())
                .setPort(listener.getPort())
                .setIdleTimeout(IDLE_SECONDS);
        HttpServer server = vertx.createHttpServer(options).requestHandler(request -> routes.handle(request));
        CompletableFuture<HttpServer> listening =
                server.listen().toCompletionStage().toCompletableFuture();
        try {
            servers.add(listening.get(LISTEN_SECONDS_MAX, TimeUnit.SECONDS));
            addresses.add(URI.create("http://" + listener.getHost() + ":" + server.actualPort()));
        } catch (ExecutionException e) {
            throw refused(listener, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(listener, e);
        } catch (TimeoutException e) {
            throw refused(listener, e);
        }
    }

    private static ConfigException refused(URI listener, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        String elsewhere = "set listeners to another address, such as http://127.0.0.1:8084.";
        if (cause instanceof BindException && reason.contains("in use")) {
            return refused(listener, "another process listens there. Stop that process, or " + elsewhere, cause);
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return refused(listener, "the host is not known. Correct the host, or " + elsewhere, cause);
        }
        return refused(listener, reason + ". Check that this user may listen there, or " + elsewhere, cause);
    }

    private static ConfigException refused(URI listener, String why, Throwable cause) {
        return new ConfigException("Cannot listen on " + listener + " for REST: " + why, cause);
    }

    /**
     * Begins to answer.
     *
     * @param plugins what {@code /connector-plugins} lists, sinks first
     * @param herder gives the newest view of the connectors; called on event loops, must not block
     */
    public void serve(List<PluginDescriptor> plugins, Supplier<HerderView> herder) {
        routes = Routes.router(vertx, plugins, herder);
    }

    /** Returns where the server listens, with the ports really taken. */
    public List<URI> addresses() {
        return List.copyOf(addresses);
    }

    /** Frees the ports; requests under way end. Bounded. */
    @Override
    public void close() {
        CompletableFuture<?>[] closing = servers.stream()
                .map(server -> server.close().toCompletionStage().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        servers.clear();
        CompletableFuture.allOf(closing)
                .orTimeout(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .exceptionally(late -> null) // the process ends; what is still open ends with it
                .join();
    }
}
