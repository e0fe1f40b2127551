package dev.sluice.broker.net;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.handler.Endpoint;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A broker that listens on a free port. */
public final class RunningBroker implements AutoCloseable {
    /** The line that {@link #main} prints when the broker listens. */
    static final String READY = "READY";

    private final Vertx vertx = Vertx.vertx();
    private final BrokerConfig config;
    private final Broker broker;
    private final BrokerServer server;
    private boolean isClosed;

    private RunningBroker(Path directory, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("log.dirs", directory.toString());
        all.putIfAbsent("listeners", "PLAINTEXT://127.0.0.1:0");
        config = BrokerConfig.of(all);
        broker = Broker.open(config);
        server = BrokerServer.start(broker, config, vertx).join();
    }

    public static RunningBroker in(Path directory) {
        return with(directory, Map.of());
    }

    public static RunningBroker with(Path directory, Map<String, String> settings) {
        return new RunningBroker(directory, settings);
    }

    public BrokerConfig config() {
        return config;
    }

    public Broker broker() {
        return broker;
    }

    public String address() {
        return endpoint().toString();
    }

    private Endpoint endpoint() {
        return endpoint("PLAINTEXT");
    }

    private Endpoint endpoint(String listener) {
        return Objects.requireNonNull(server.addresses().get(listener), listener);
    }

    public int port() {
        return endpoint().port();
    }

    public int port(String listener) {
        return endpoint(listener).port();
    }

    public String address(String listener) {
        return endpoint(listener).toString();
    }

    /** Closing twice does no harm. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            server.close().get(30, TimeUnit.SECONDS);
            broker.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the broker should stop", e);
        }
    }

    /** Runs a broker by hand, for trying clients: data directory, then settings as key=value. Ends with the process. */
    public static void main(String[] arguments) {
        Map<String, String> settings = new HashMap<>();
        for (int index = 1; index < arguments.length; index++) {
            String[] parts = arguments[index].split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        RunningBroker running = with(Path.of(arguments[0]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        System.out.println(READY);
    }
}
