package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.handler.Endpoint;
import dev.sluice.broker.net.BrokerServer;
import dev.sluice.runtime.cli.StartUp;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.internals.Topic;

/** A broker with its front, and Vert.x below it. Owned by the main thread, which it blocks. */
final class RunningBroker implements AutoCloseable {
    private static final long VERTX_CLOSE_SECONDS_MAX = 5;

    /** What to close, the last opened first. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

    private final Broker broker;
    private final BrokerServer server;

    private RunningBroker(BrokerConfig config) {
        StartUp.openLog();
        // Reading the data directory takes about as long as starting Vert.x, so they run beside each other.
        CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(() -> StartUp.vertx(eventLoopCount(config)));
        opened.push(() -> close(vertx.join()));
        try {
            broker = Broker.open(config);
            opened.push(broker::close);
            server = join(BrokerServer.start(broker, config, vertx.join()));
            opened.push(() -> join(server.close()));
        } catch (RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    /**
     * Opens the data directory and listens.
     *
     * @throws ConnectorException saying which of them cannot be used, why, and what to do
     */
    static RunningBroker start(BrokerConfig config) {
        try {
            return new RunningBroker(config);
        } catch (BrokerException refused) {
            throw new ConnectorException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static int eventLoopCount(BrokerConfig config) {
        return Math.min(config.network().threadCountMax(), Runtime.getRuntime().availableProcessors());
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static void close(Vertx vertx) {
        var unused = vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(VERTX_CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Returns where it listens: the names of the listeners and their addresses. */
    Map<String, Endpoint> addresses() {
        return new TreeMap<>(server.addresses());
    }

    /** Returns the data directory, absolute. */
    Path directory() {
        return broker.directory();
    }

    /** Returns how many topics there are, without those that the broker keeps for itself. */
    long topicCount() {
        return broker.topics().all().keySet().stream()
                .filter(name -> !Topic.isInternal(name))
                .count();
    }

    /** Returns why nothing can be written any more; empty while all is well. */
    Optional<BrokerException> failure() {
        return broker.failure();
    }

    /** Closes all, whatever fails on the way; the first failure is thrown in the end. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
