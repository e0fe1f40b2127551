package dev.sluice.runtime.control;

import dev.sluice.runtime.config.MetricsSettings;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.meter.Span;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.secret.Masking;
import dev.sluice.runtime.secret.Secrets;
import dev.sluice.runtime.store.ActiveTopics;
import dev.sluice.runtime.store.ConfigStore;
import dev.sluice.runtime.store.OffsetStore;
import dev.sluice.runtime.store.StatusStore;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.ByteBudget;
import dev.sluice.runtime.task.TaskLimits;
import dev.sluice.runtime.task.TaskServices;
import dev.sluice.runtime.task.Watchdog;
import dev.sluice.runtime.transport.LocalTransport;
import dev.sluice.runtime.transport.LogMetric;
import dev.sluice.runtime.transport.Transport;
import dev.sluice.runtime.validate.Validation;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker: the built-in broker, the stores and the herder, opened in this order and closed in the opposite one. */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private final Transport transport;
    private final Watchdog watchdog;
    private final Secrets secrets;
    private final Validation validation;
    private final Herder herder;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Worker(Transport transport, Watchdog watchdog, Secrets secrets, Validation validation, Herder herder) {
        this.transport = transport;
        this.watchdog = watchdog;
        this.secrets = secrets;
        this.validation = validation;
        this.herder = herder;
    }

    /**
     * Opens the log and reads what is stored. Connectors are started by {@link Herder#applyFiles}. Blocks; not for an event
     * loop.
     *
     * @param vertx gives the event loop that the herder lives on; stays the caller's to close
     * @throws dev.sluice.api.error.ConnectorException saying what cannot be opened, why, and what to do
     */
    public static Worker start(WorkerConfig config, Plugins plugins, Vertx vertx) {
        Secrets secrets = Secrets.open(config, plugins);
        try {
            return start(config, plugins, vertx, secrets);
        } catch (RuntimeException failed) {
            secrets.close();
            throw failed;
        }
    }

    private static Worker start(WorkerConfig config, Plugins plugins, Vertx vertx, Secrets secrets) {
        LocalTransport transport = LocalTransport.open(config.brokerSettings());
        Watchdog watchdog = new Watchdog(config.callTimeout(), System::nanoTime);
        try {
            Herder herder = herder(config, plugins, vertx, transport, watchdog, secrets);
            Validation validation = new Validation(plugins, config, secrets);
            Worker worker = new Worker(transport, watchdog, secrets, validation, herder);
            if (!config.brokerListeners().isEmpty()) {
                transport.serveClients(vertx);
            }
            return worker;
        } catch (RuntimeException failed) {
            watchdog.close();
            transport.close();
            throw failed;
        }
    }

    private static Herder herder(
            WorkerConfig config,
            Plugins plugins,
            Vertx vertx,
            Transport transport,
            Watchdog watchdog,
            Secrets secrets) {
        Clock clock = Clock.systemUTC();
        // Transactions of a process that was killed would hide what lies behind them in the topic of offsets.
        String ids = Pattern.quote(config.group()) + "-.+-\\d+";
        transport.abortTransactions(Pattern.compile(ids).asMatchPredicate());
        ConfigStore configs = ConfigStore.open(transport, config.configTopic(), clock);
        secrets.learn(configs.connectors().values().stream()
                .map(StoredConnector::config)
                .toList());
        OffsetStore offsets = OffsetStore.open(transport, config.offsetTopic(), clock);
        StatusStore statuses = StatusStore.open(transport, config.statusTopic(), clock);
        TaskServices services = new TaskServices(
                transport,
                offsets,
                new ActiveTopics(statuses, clock, config.tracksTopics()),
                watchdog,
                limits(config),
                new ByteBudget(config.bufferBytesMax()),
                config.createsTopics(),
                clock,
                System::nanoTime,
                span(config.metrics()));
        Context context = vertx.getOrCreateContext();
        WorkerIdentity identity =
                new WorkerIdentity(workerId(config), configs.nextEpoch().join());
        return new Herder(
                work -> context.runOnContext(ignored -> work.run()),
                config,
                plugins,
                configs,
                statuses,
                services,
                secrets,
                identity);
    }

    private static Span span(MetricsSettings metrics) {
        return new Span(metrics.window().toMillis(), metrics.windowCount());
    }

    private static TaskLimits limits(WorkerConfig config) {
        return new TaskLimits(
                config.inflightRecordsMax(),
                config.inflightBytesMax(),
                config.sinkBatchRecordsMax(),
                config.sinkBatchBytesMax(),
                config.offsetFlushInterval(),
                config.offsetFlushTimeout());
    }

    private static String workerId(WorkerConfig config) {
        return config.listeners().stream().findFirst().map(URI::getAuthority).orElse("no-listener");
    }

    /** Returns where the broker serves Kafka's clients, with the ports that were bound; empty where it does not. */
    public List<String> brokerAddresses() {
        return transport.clientAddresses();
    }

    /** Returns the log, for tests that change topics. */
    Transport transport() {
        return transport;
    }

    /** Returns what the log counts itself. Looks at every partition: not for an event loop. */
    public List<LogMetric> logMetrics() {
        return transport.metrics();
    }

    /** Returns how many threads that were given up still live. */
    public int abandonedThreads() {
        return watchdog.abandonedThreads();
    }

    /** Returns what checks settings and describes plugins. */
    public Validation validation() {
        return validation;
    }

    /** Returns what hides secrets in answers. */
    public Masking masking() {
        return secrets.masking();
    }

    /** Returns how many threads were left behind in plugins that did not answer a check or a config provider in time. */
    public int abandonedCallCount() {
        return secrets.abandonedCount();
    }

    /** Returns the herder. */
    public Herder herder() {
        return herder;
    }

    /** Stops connectors and tasks within the shutdown time, then closes the log. Closing twice does no harm. Blocks. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            try {
                herder.close();
            } finally {
                secrets.close();
                watchdog.close();
                transport.close();
            }
            LOG.atInfo().log("the worker has stopped");
        }
    }
}
