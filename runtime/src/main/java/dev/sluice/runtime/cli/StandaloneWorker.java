package dev.sluice.runtime.cli;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.control.HerderView;
import dev.sluice.runtime.control.Prune;
import dev.sluice.runtime.control.Worker;
import dev.sluice.runtime.metrics.WorkerMetrics;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.rest.LogbackLoggers;
import dev.sluice.runtime.rest.RestServer;
import dev.sluice.runtime.rest.RestServices;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A worker with what stands around it: plugins, Vert.x and REST. Opened in an order in which what the user may have to
 * correct comes first, closed in the reverse order. Owned by the main thread, which it blocks.
 */
final class StandaloneWorker implements AutoCloseable {
    private static final long CONNECTOR_SECONDS_MAX = 120;
    private static final long VERTX_CLOSE_SECONDS_MAX = 5;

    /** What to close, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final RestServer rest;
    private final Worker worker;

    private StandaloneWorker(WorkerConfig config) {
        StartUp.openLog();
        // Reading the plugin folders takes about as long as starting Vert.x, so they run beside each other.
        CompletableFuture<Plugins> scan = CompletableFuture.supplyAsync(
                () -> Plugins.scan(StartUp.pluginPath(config.pluginPath()), StartUp.pluginIndex()));
        try {
            Vertx vertx = StartUp.vertx();
            opened.push(() -> close(vertx));
            rest = RestServer.listen(vertx, config.rest());
            opened.push(rest);
            Plugins plugins = join(scan);
            opened.push(plugins);
            worker = Worker.start(config, plugins, vertx);
            opened.push(worker);
            WorkerMetrics metrics = WorkerMetrics.start(worker, config.metrics());
            opened.push(metrics);
            rest.serve(services(plugins, metrics));
        } catch (RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    private RestServices services(Plugins plugins, WorkerMetrics metrics) {
        return new RestServices(
                worker.herder(),
                new InstalledPlugins(plugins, worker.validation()),
                new WorkerMask(worker.masking()),
                metrics::prometheus,
                LogbackLoggers.ofProcess(Clock.systemUTC()),
                worker.herder()::pulse);
    }

    static StandaloneWorker start(WorkerConfig config) {
        return new StandaloneWorker(config);
    }

    private static Plugins join(CompletableFuture<Plugins> scan) {
        try {
            return scan.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void close(Vertx vertx) throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(VERTX_CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Starts the connectors of files; returns what is remarkable about it. */
    List<String> apply(List<ConnectorFile> files, Prune prune) {
        try {
            return worker.herder().applyFiles(files, prune).get(CONNECTOR_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new ConnectorException(
                    "Cannot start the connectors within " + CONNECTOR_SECONDS_MAX + " s. The log says which one hangs.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the main thread was interrupted, which nobody does", e);
        }
    }

    HerderView view() {
        return worker.herder().view();
    }

    List<URI> addresses() {
        return rest.addresses();
    }

    /** Returns where the broker serves Kafka's clients; empty where it does not. */
    List<String> brokerAddresses() {
        return worker.brokerAddresses();
    }

    /** Closes all, whatever fails on the way; the first failure is thrown in the end. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                RuntimeException next = e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
