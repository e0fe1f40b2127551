package dev.sluice.broker.net;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.handler.Backend;
import dev.sluice.broker.handler.Endpoint;
import dev.sluice.broker.handler.Handlers;
import dev.sluice.broker.metrics.MetricSource;
import dev.sluice.broker.metrics.Metrics;
import dev.sluice.broker.security.LoginThreads;
import dev.sluice.broker.security.Tls;
import dev.sluice.broker.topic.Users;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running front of a broker: it listens for Kafka's clients. Close it before the broker. */
public final class BrokerServer {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerServer.class);
    /** Vert.x shares a free port among servers that listen on the same negative number. */
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private static final long CERTIFICATE_CHECK_MILLIS = 10_000;

    private final Vertx vertx;
    private final Metrics metrics;
    private final List<MetricSource> metricSources = new CopyOnWriteArrayList<>();
    private final Map<String, Endpoint> bound = new ConcurrentHashMap<>();
    private final Map<String, Endpoint> advertised = new ConcurrentHashMap<>();
    private final LoginThreads logins = new LoginThreads();
    private volatile String deployment = "";
    private volatile OptionalLong certificateTimer = OptionalLong.empty();

    private BrokerServer(Broker broker, Vertx vertx) {
        metrics = broker.metrics();
        this.vertx = vertx;
    }

    /**
     * Starts to listen. Blocks while it reads keys and certificates.
     *
     * @param broker the open broker
     * @param config its settings
     * @param vertx gives the event loops
     * @return the server when all addresses are bound; fails with {@link BrokerException.BadConfig} for settings and with
     *     {@link BrokerException.AddressUnusable} where an address is taken or unknown
     */
    public static CompletableFuture<BrokerServer> start(Broker broker, BrokerConfig config, Vertx vertx) {
        BrokerServer server = new BrokerServer(broker, vertx);
        List<Gate> gates;
        try {
            gates = server.gates(config, broker.topics()::users);
        } catch (BrokerException e) {
            server.logins.close();
            return CompletableFuture.failedFuture(e);
        }
        Backend backend = new Backend(broker, config, server::advertised);
        Front front = Front.of(
                Handlers.of(backend),
                config.network().limits(),
                new TlsChannel.Readers() {
                    @Override
                    public <T> CompletableFuture<T> submit(Callable<T> read) {
                        return broker.logs().onReader(read);
                    }
                },
                server.logins,
                new Throttle(broker.quotas()));
        server.count(front);
        return server.deploy(front, gates, config.network().threadCountMax())
                .onFailure(failure -> server.logins.close())
                .onSuccess(started -> server.watchCertificates(gates))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private void count(Front front) {
        metricSources.addAll(List.of(front.requestMetrics(), front.connectionMetrics()));
        metricSources.forEach(metrics::add);
    }

    /** All of them or, in one exception, the problems of all of them. */
    private List<Gate> gates(BrokerConfig config, Supplier<Users> users) {
        List<Gate> gates = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Listener listener : Listeners.of(config.network())) {
            try {
                gates.add(Gate.of(listener, config, users, logins));
            } catch (BrokerException.BadConfig e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new BrokerException.BadConfig(problems);
        }
        return gates;
    }

    private void watchCertificates(List<Gate> gates) {
        List<Tls> watched =
                gates.stream().map(Gate::tls).filter(Objects::nonNull).toList();
        if (!watched.isEmpty()) {
            certificateTimer = OptionalLong.of(vertx.setPeriodic(
                    CERTIFICATE_CHECK_MILLIS,
                    timer -> vertx.executeBlocking(() -> {
                                watched.forEach(Tls::reloadIfChanged);
                                return null;
                            })
                            .onFailure(
                                    failure -> LOG.atWarn().setCause(failure).log("certificates cannot be checked"))));
        }
    }

    private Future<BrokerServer> deploy(Front front, List<Gate> gates, int threadCountMax) {
        Map<Gate, Integer> ports = new LinkedHashMap<>();
        for (Gate gate : gates) {
            int port = gate.listener().port();
            ports.put(gate, port == 0 ? FREE_PORTS.decrementAndGet() : port);
        }
        List<Listener> listeners = gates.stream().map(Gate::listener).toList();
        int threads = Math.min(threadCountMax, Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(
                        () -> new FrontVerticle(front, ports, this::onBound),
                        new DeploymentOptions().setInstances(threads))
                .recover(failure -> Future.failedFuture(unusable(listeners, failure)))
                .map(id -> {
                    deployment = id;
                    gates.forEach(this::report);
                    return this;
                });
    }

    private void onBound(Listener listener, int port) {
        bound.put(listener.name(), new Endpoint(listener.host(), port));
        int advertisedPort = listener.advertisedPort() == 0 ? port : listener.advertisedPort();
        advertised.put(listener.name(), new Endpoint(listener.advertisedHost(), advertisedPort));
    }

    private static BrokerException unusable(List<Listener> listeners, Throwable failure) {
        List<String> addresses = listeners.stream()
                .map(listener -> listener.host() + ":" + listener.port())
                .toList();
        return new BrokerException.AddressUnusable(
                "Cannot listen on " + String.join(", ", addresses) + ": " + failure.getMessage()
                        + ". End the program that has the port, or change listeners.",
                failure);
    }

    private void report(Gate gate) {
        Listener listener = gate.listener();
        LOG.atInfo()
                .addKeyValue("listener", listener.name())
                .addKeyValue("address", bound.get(listener.name()))
                .addKeyValue("advertised", advertised.get(listener.name()))
                .addKeyValue("protocol", listener.protocol())
                .log("the broker listens");
        if (!listener.isLoopback() && gate.isOpen()) {
            LOG.atWarn()
                    .addKeyValue("listener", listener.name())
                    .log("everybody who reaches this address may read and write everything");
        }
    }

    private Endpoint advertised(String listener) {
        Endpoint endpoint = advertised.get(listener);
        if (endpoint == null) {
            throw new IllegalStateException("listener " + listener + " should be bound; bound are " + advertised);
        }
        return endpoint;
    }

    /** Returns the address of each listener, by name; its port is the real one where port 0 was asked for. */
    public Map<String, Endpoint> addresses() {
        return new HashMap<>(bound);
    }

    /**
     * Stops: no more requests are taken, answers to those under way leave, for 5 seconds at most, and all connections end.
     *
     * @return done when all are closed
     */
    public CompletableFuture<Void> close() {
        metricSources.forEach(metrics::remove);
        certificateTimer.ifPresent(vertx::cancelTimer);
        return vertx.undeploy(deployment)
                .onComplete(closed -> logins.close())
                .toCompletionStage()
                .toCompletableFuture();
    }
}
