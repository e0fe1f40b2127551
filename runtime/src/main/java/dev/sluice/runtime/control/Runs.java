package dev.sluice.runtime.control;

import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.plugin.Resolution;
import dev.sluice.runtime.secret.Resolved;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.ConnectorJob;
import dev.sluice.runtime.task.ConnectorRunner;
import dev.sluice.runtime.task.Failure;
import dev.sluice.runtime.task.PluginAssembly;
import dev.sluice.runtime.task.RunningTask;
import dev.sluice.runtime.task.SinkTaskRunner;
import dev.sluice.runtime.task.SourceTaskRunner;
import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskJob;
import dev.sluice.runtime.task.TaskServices;
import dev.sluice.runtime.task.TaskThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the threads of connectors and tasks. Called on the herder's thread; counters may be read by any. */
final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Plugins plugins;
    private final WorkerConfig worker;
    private final TaskServices services;
    private final PluginAssembly assembly;
    private final PendingStarts pending;
    private final Consumer<Event> events;
    private final BiConsumer<String, String> onBudgetSpent;
    private final long workerEpoch;
    private final Map<TaskId, Run> running = new ConcurrentHashMap<>();
    private final StartCounters starts = new StartCounters();
    private int startCount;

    Runs(
            Plugins plugins,
            WorkerConfig worker,
            TaskServices services,
            PendingStarts pending,
            long workerEpoch,
            Consumer<Event> events,
            BiConsumer<String, String> onBudgetSpent) {
        this.plugins = plugins;
        this.worker = worker;
        this.services = services;
        this.assembly = new PluginAssembly(plugins);
        this.pending = pending;
        this.workerEpoch = workerEpoch;
        this.events = events;
        this.onBudgetSpent = onBudgetSpent;
    }

    /**
     * A connector or task that was started, once.
     *
     * @param thread to stop it
     * @param listener to stop listening to it
     * @param counters what a task has done; null for a connector
     */
    record Run(
            TaskThread thread,
            RunListener listener,
            @Nullable TaskCounters counters) {}

    /** Starts a connector's own thread. A connector that cannot be found or read fails, with the reason. */
    void startConnector(String name, long run, StoredConnector connector) {
        pending.begin(name, connector, List.of(listener(TaskId.connector(name), run)), new PendingStarts.Start() {
            @Override
            public void with(RunListener listener, Resolved resolved) {
                startConnector(listener, run, connector, resolved);
            }

            @Override
            public void refused(RunListener listener, Throwable refused) {
                fail(listener, connector, refused);
            }
        });
    }

    private void startConnector(RunListener listener, long run, StoredConnector connector, Resolved resolved) {
        TaskId id = listener.id();
        String name = id.connector();
        try {
            Resolution resolution = plugins.findConnector(ConnectorConfig.connectorClass(connector.config()));
            ConnectorConfig settings = settings(resolved, resolution);
            LOG.atInfo().addKeyValue("connector", name).log("starts {}", resolution.note());
            ConnectorJob job = new ConnectorJob(
                    id,
                    resolution.descriptor().className(),
                    () -> plugins.instantiate(resolution.plugin(), Connector.class),
                    resolved.values(),
                    settings.tasksMax(),
                    tasks -> events.accept(new Event.TasksWanted(name, run, restored(tasks, resolved))));
            running.put(id, new Run(ConnectorRunner.start(job, services, listener), listener, null));
        } catch (RuntimeException | Error refused) { // An error: there is no memory for one more thread.
            fail(listener, connector, refused);
        }
    }

    /** What is stored and shown of tasks holds variables, not what they stand for. */
    private static List<Map<String, String>> restored(List<Map<String, String>> tasks, Resolved resolved) {
        return tasks.stream().map(resolved::restore).toList();
    }

    /** Starts a thread for each task. */
    void startTasks(Command.StartTasks start) {
        int count = start.tasks().size();
        running.keySet().removeIf(id -> id.connector().equals(start.name()) && id.index() >= count);
        List<RunListener> listeners = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            listeners.add(listener(new TaskId(start.name(), index), start.firstRun() + index));
        }
        begin(start.name(), start.connector(), listeners, start.tasks());
    }

    /** Starts a thread for one task. */
    void startTask(Command.StartTask start) {
        List<Map<String, String>> configs = Collections.nCopies(start.taskCount(), start.config());
        begin(start.id().connector(), start.connector(), List.of(listener(start.id(), start.run())), configs);
    }

    private void begin(
            String name, StoredConnector connector, List<RunListener> listeners, List<Map<String, String>> configs) {
        pending.begin(name, connector, listeners, new PendingStarts.Start() {
            @Override
            public void with(RunListener listener, Resolved resolved) {
                startTask(listener, connector, resolved, configs);
            }

            @Override
            public void refused(RunListener listener, Throwable refused) {
                fail(listener, connector, refused);
            }
        });
    }

    private void startTask(
            RunListener listener, StoredConnector connector, Resolved resolved, List<Map<String, String>> configs) {
        TaskId id = listener.id();
        try {
            Map<String, String> config = resolved.resolve(configs.get(id.index()));
            RunningTask task = startTask(id, resolved, config, configs.size(), listener);
            running.put(id, new Run(task.thread(), listener, task.counters()));
        } catch (RuntimeException | Error refused) { // An error: there is no memory for one more thread.
            fail(listener, connector, refused);
        }
    }

    /** Reports tasks as failed that were not started, because the log refused to store them. */
    void failTasks(Command.StartTasks start, RuntimeException refused) {
        for (int index = 0; index < start.tasks().size(); index++) {
            fail(listener(new TaskId(start.name(), index), start.firstRun() + index), start.connector(), refused);
        }
    }

    private RunListener listener(TaskId id, long run) {
        return new RunListener(
                id,
                run,
                services.clock(),
                events,
                reason -> onBudgetSpent.accept(id.connector(), reason),
                starts.of(id));
    }

    private RunningTask startTask(
            TaskId id, Resolved resolved, Map<String, String> config, int count, RunListener listener) {
        Resolution resolution = plugins.findConnector(ConnectorConfig.connectorClass(resolved.given()));
        ConnectorConfig settings = settings(resolved, resolution);
        String pluginClass = resolution.descriptor().className();
        long epoch = (workerEpoch << 32) + ++startCount;
        if (resolution.descriptor().kind() == PluginKind.SOURCE) {
            TaskJob<SourceConnector> job = new TaskJob<>(
                    id,
                    epoch,
                    pluginClass,
                    settings,
                    () -> assembly.parts(resolution.plugin(), SourceConnector.class, settings, config),
                    count);
            return SourceTaskRunner.start(job, services, listener);
        }
        TaskJob<SinkConnector> job = new TaskJob<>(
                id,
                epoch,
                pluginClass,
                settings,
                () -> assembly.parts(resolution.plugin(), SinkConnector.class, settings, config),
                count);
        return SinkTaskRunner.start(job, services, listener);
    }

    private ConnectorConfig settings(Resolved resolved, Resolution resolution) {
        return ConnectorConfig.parse(resolved.values(), resolution.descriptor().kind(), worker);
    }

    private static void fail(RunListener listener, StoredConnector connector, Throwable refused) {
        String pluginClass = connector.config().getOrDefault("connector.class", "unknown class");
        Failure failure = Failure.of(Stage.START, pluginClass, refused);
        LOG.atError().addKeyValue("connector", listener.id().connector()).log(failure.sentence(listener.id()));
        listener.onFailed(failure);
        listener.onEnded();
    }

    /** Asks threads to stop; returns at once, with those that are there to be given up later. */
    List<Run> stop(List<TaskId> ids) {
        pending.cancel(ids);
        List<Run> asked =
                ids.stream().map(running::get).filter(run -> run != null).toList();
        asked.forEach(run -> run.thread().stop());
        return asked;
    }

    /** Lets threads idle after their current step. */
    void suspend(List<TaskId> ids) {
        ids.stream()
                .map(running::get)
                .filter(run -> run != null)
                .forEach(run -> run.thread().suspend());
    }

    /** Lets idle threads go on. */
    void resume(List<TaskId> ids) {
        ids.stream()
                .map(running::get)
                .filter(run -> run != null)
                .forEach(run -> run.thread().resume());
    }

    /** Gives up the threads that were asked to stop and did not; whatever they do later has no effect. */
    void giveUp(List<Run> asked) throws InterruptedException {
        for (Run run : asked) {
            if (!run.thread().awaitEnd(Duration.ZERO)) {
                giveUp(run);
            }
        }
    }

    private static void giveUp(Run run) {
        TaskId id = run.listener().id();
        LOG.atError()
                .addKeyValue("connector", id.connector())
                .addKeyValue("task", id.index())
                .log("did not stop in time and is given up; its thread may linger until its plugin call returns");
        run.thread().abandon();
        run.listener().onEnded();
    }

    /** Stops everything, sharing one time limit; then gives up what is left. */
    void stopAll(Duration limit) throws InterruptedException {
        pending.cancelAll();
        running.values().forEach(run -> run.thread().stop());
        long deadline = services.nanoClock().getAsLong() + limit.toNanos();
        for (Run run : running.values()) {
            Duration left =
                    Duration.ofNanos(Math.max(deadline - services.nanoClock().getAsLong(), 0));
            if (!run.thread().awaitEnd(left)) {
                giveUp(run);
            }
        }
        running.clear();
    }

    /** Returns that very run of a connector or task; empty if it is not there, or another one is. */
    Optional<Run> find(TaskId id, long number) {
        return Optional.ofNullable(running.get(id)).filter(run -> run.listener().run() == number);
    }

    /** Returns what a task has done since it started, if it was started. */
    Optional<TaskCounters> counters(TaskId id) {
        Run run = running.get(id);
        return run == null ? Optional.empty() : Optional.ofNullable(run.counters());
    }

    /** Returns how starts went. */
    StartCounters starts() {
        return starts;
    }

    /** Forgets the threads of tasks that are gone. */
    void forgetTasks(String name) {
        running.keySet().removeIf(id -> id.connector().equals(name) && !id.isConnector());
    }

    /** Forgets the threads and the secrets of a connector that is gone. */
    void forget(String name) {
        pending.forget(name);
        running.keySet().removeIf(id -> id.connector().equals(name));
    }
}
