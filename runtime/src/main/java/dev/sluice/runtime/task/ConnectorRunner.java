package dev.sluice.runtime.task;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginMetrics;
import dev.sluice.runtime.plugin.LoadedPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a connector: start it, ask which tasks should run, and wait until it wants to be asked again. */
public final class ConnectorRunner implements TaskSteps {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final ConnectorJob job;
    private final TaskServices services;
    private final PluginCalls calls;
    private final Mailbox mailbox;
    private @Nullable Connector connector;
    private volatile boolean reconfigure;
    private volatile @Nullable Exception raised;

    private ConnectorRunner(ConnectorJob job, TaskServices services, TaskThread thread) {
        this.job = job;
        this.services = services;
        this.calls = thread.calls();
        this.mailbox = thread.mailbox();
    }

    /** Starts a connector on a thread of its own. */
    public static TaskThread start(ConnectorJob job, TaskServices services, TaskListener listener) {
        PluginCalls calls = new PluginCalls(job.pluginClass(), services.nanoClock());
        return TaskThread.start(
                job.id(), listener, calls, services.watchdog(), self -> new ConnectorRunner(job, services, self));
    }

    @Override
    public void start() throws TaskFailedException, InterruptedException {
        LoadedPlugin<Connector> made = calls.call(Stage.START, job.connector());
        calls.enterFromNowOn(made.loader());
        connector = made.plugin();
        calls.run(Stage.START, () -> start(made.plugin()));
        publishTaskConfigs(made.plugin());
    }

    @Override
    public void step() throws TaskFailedException, InterruptedException {
        Exception failure = raised;
        if (failure != null) {
            throw new TaskFailedException(Failure.of(Stage.START, job.pluginClass(), failure));
        }
        Connector started = connector;
        if (reconfigure && started != null) {
            reconfigure = false;
            publishTaskConfigs(started);
        }
        mailbox.await(WAIT);
    }

    @Override
    public void finish() {}

    @Override
    public void close() throws TaskFailedException, InterruptedException {
        Connector started = connector;
        connector = null;
        if (started != null) {
            calls.run(Stage.STOP, started::stop);
        }
    }

    private void start(Connector made) {
        Config config = PluginAssembly.parse(made.configSpec(), job.settings());
        Context context = new Context();
        if (made instanceof SourceConnector source) {
            source.start(context, config);
        } else if (made instanceof SinkConnector sink) {
            sink.start(context, config);
        }
    }

    private void publishTaskConfigs(Connector started) throws TaskFailedException, InterruptedException {
        List<Map<String, String>> configs = calls.call(
                Stage.START,
                () -> started.taskConfigs(job.tasksMax()).stream()
                        .map(Map::copyOf)
                        .toList());
        if (configs.size() > job.tasksMax()) {
            throw new TaskFailedException(Failure.of(
                    Stage.START,
                    job.pluginClass(),
                    new ConnectorException("Cannot run " + configs.size() + " tasks: the connector asked for more than"
                            + " tasks.max=" + job.tasksMax() + ". Raise tasks.max.")));
        }
        job.onTaskConfigs().accept(configs);
    }

    /** May be used from any thread of the connector; what it asks for happens on the connector's own. */
    private final class Context implements SourceConnectorContext, SinkConnectorContext {
        private final PluginMetrics metrics = new TaskMetrics();
        private final StoredOffsets offsets =
                new StoredOffsets(services.offsets(), job.id().connector());

        @Override
        public String connectorName() {
            return job.id().connector();
        }

        @Override
        public void requestTaskReconfiguration() {
            reconfigure = true;
            mailbox.wake();
        }

        @Override
        public void raiseError(Exception failure) {
            raised = failure;
            mailbox.wake();
        }

        @Override
        public PluginMetrics metrics() {
            return metrics;
        }

        @Override
        public StoredOffsets offsets() {
            return offsets;
        }
    }
}
