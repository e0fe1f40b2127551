package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.config.RestConfig;
import dev.sluice.runtime.rest.access.Access;
import dev.sluice.runtime.rest.tls.Tls;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Listens for HTTP. It takes its ports before there is a worker, so that a port in use ends the start before anything was
 * opened; until {@link #serve} it answers 503.
 *
 * <p>{@link #listen}, {@link #serve} and {@link #close} belong to one thread, which is no event loop; handlers run on event
 * loops and see the routes through volatile fields. Files of keys and users are looked at again on a worker thread.
 */
public final class RestServer implements AutoCloseable {
    private static final int IDLE_SECONDS = 120;
    private static final long LISTEN_SECONDS_MAX = 30;
    private static final long CLOSE_SECONDS_MAX = 5;
    private static final long RELOAD_MILLIS = 10_000;

    private final Vertx vertx;
    private final RestConfig config;
    private final Access access;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private final List<URI> adminAddresses = new ArrayList<>();
    /** The TLS of the ordinary listeners (false) and of those of /admin (true), where there is any. */
    private final Map<Boolean, Tls> tls = new HashMap<>();

    private @Nullable Long reloads;
    private volatile Handler<HttpServerRequest> routes = RestServer::sendStarting;
    private volatile Handler<HttpServerRequest> adminRoutes = RestServer::sendStarting;

    private RestServer(Vertx vertx, RestConfig config, Access access) {
        this.vertx = vertx;
        this.config = config;
        this.access = access;
    }

    /**
     * Takes the ports, after users and keys are read. Blocks until that is done.
     *
     * @param vertx runs the event loops
     * @param config says where to listen, and who may come in; port 0 is any free one
     * @return the server, answering 503
     * @throws ConfigException if an address cannot be listened on, or a file cannot be used; no port is kept then
     */
    public static RestServer listen(Vertx vertx, RestConfig config) {
        RestServer server = new RestServer(vertx, config, Access.load(config, System::nanoTime));
        try {
            config.listeners().forEach(listener -> server.listen(listener, false));
            config.adminListeners().orElse(List.of()).forEach(listener -> server.listen(listener, true));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        server.reloads = vertx.setPeriodic(RELOAD_MILLIS, timer -> server.reload());
        return server;
    }

    private void listen(URI listener, boolean isAdmin) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(listener.getHost())
                .setPort(listener.getPort())
                .setIdleTimeout(IDLE_SECONDS);
        if ("https".equals(listener.getScheme())) {
            tls.computeIfAbsent(isAdmin, key -> Tls.load(key ? config.adminTls() : config.tls()))
                    .addTo(options);
        }
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> (isAdmin ? adminRoutes : routes).handle(request));
        CompletableFuture<HttpServer> listening =
                server.listen().toCompletionStage().toCompletableFuture();
        try {
            servers.add(listening.get(LISTEN_SECONDS_MAX, TimeUnit.SECONDS));
            (isAdmin ? adminAddresses : addresses)
                    .add(URI.create(listener.getScheme() + "://" + listener.getHost() + ":" + server.actualPort()));
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

    /** Looks at files of keys and users again; returns before that is done. */
    void reload() {
        runBlocking(() -> {
            access.reloadIfChanged();
            tls.values().forEach(Tls::reloadIfChanged);
        });
    }

    /** Probes are answered in their own shape even before the start is over. */
    private static void sendStarting(HttpServerRequest request) {
        String path = request.path();
        boolean isProbe = path.equals("/health") || path.startsWith("/health/");
        Sending.send(
                request,
                (isProbe ? HealthRoutes.starting() : Answer.error(503, "The worker is starting.", Map.of()))
                        .withHeader("Retry-After", "1"));
    }

    /** Begins to answer with what the services know. */
    public void serve(RestServices services) {
        Front front = new Front(config, access, Clock.systemUTC(), System::nanoTime);
        Dispatch dispatch = new Dispatch(
                vertx,
                front,
                config.requestBytesMax(),
                config.requestTimeout().toMillis(),
                name -> stage(services, name));
        List<Endpoint> main = Routes.main(services, this::runBlocking);
        List<Endpoint> admin = Routes.admin(services);
        Optional<List<URI>> elsewhere = config.adminListeners();
        List<Endpoint> all = elsewhere.isPresent()
                ? main
                : Stream.concat(main.stream(), admin.stream()).toList();
        routes = dispatch.router(Routes.withDocument(all));
        adminRoutes = dispatch.router(admin);
    }

    private void runBlocking(Runnable work) {
        var unused = vertx.executeBlocking(() -> {
            work.run();
            return 0;
        });
    }

    /** What a connector is busy with, for answers that come late. */
    private static String stage(RestServices services, String name) {
        return services.connectors().connector(name).map(Stages::of).orElse("The worker is busy.");
    }

    /** Returns where the server listens, with the ports really taken. */
    public List<URI> addresses() {
        return List.copyOf(addresses);
    }

    /** Returns where it listens for {@code /admin} alone. */
    public List<URI> adminAddresses() {
        return List.copyOf(adminAddresses);
    }

    /** Frees the ports; requests under way end. Bounded. */
    @Override
    public void close() {
        if (reloads != null) {
            vertx.cancelTimer(reloads);
        }
        CompletableFuture<?>[] closing = servers.stream()
                .map(server -> server.close().toCompletionStage().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        servers.clear();
        CompletableFuture.allOf(closing)
                .orTimeout(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .exceptionally(late -> null) // the process ends; what is still open ends with it
                .join();
        access.close();
    }
}
