package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.plugin.Resolution;
import dev.sluice.runtime.store.ConfigStore;
import dev.sluice.runtime.store.StatusStore;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredStatus;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns what a worker runs. Its state changes on one event loop only, by events; commands are carried out in order on one
 * thread of its own, which may block. {@link #view()} may be read by any thread.
 */
public final class Herder {
    private static final Logger LOG = LoggerFactory.getLogger(Herder.class);

    private final Executor owner;
    private final ScheduledExecutorService commands;
    private final ConfigStore configs;
    private final StatusStore statuses;
    private final Plugins plugins;
    private final ConnectorCheck check;
    private final Runs runs;
    private final Duration shutdownTimeout;
    private final String workerId;
    private final String clusterId;
    /** Written by the owner only; others read snapshots of it. */
    private volatile ClusterState state = ClusterState.EMPTY;

    private volatile boolean isClosing;

    /**
     * Makes a herder that runs nothing yet.
     *
     * @param owner runs what it is given one after the other on one event loop
     */
    Herder(
            Executor owner,
            WorkerConfig worker,
            Plugins plugins,
            ConfigStore configs,
            StatusStore statuses,
            TaskServices services,
            WorkerIdentity identity) {
        this.owner = owner;
        this.configs = configs;
        this.statuses = statuses;
        this.plugins = plugins;
        this.check = new ConnectorCheck(plugins, worker);
        this.runs = new Runs(plugins, worker, services, identity.epoch(), this::post);
        this.shutdownTimeout = worker.shutdownTimeout();
        this.workerId = identity.workerId();
        this.clusterId = services.transport().clusterId();
        this.commands = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "herder");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns the connectors as they are now; any thread. */
    public HerderView view() {
        List<ConnectorView> connectors = state.entries().values().stream()
                .filter(entry -> entry.wanted() != null)
                .map(this::view)
                .toList();
        return new HerderView(workerId, clusterId, connectors);
    }

    /**
     * Takes the connectors of files as what is wanted, then starts everything that is stored. Called once, after the
     * start of the worker, also without files.
     *
     * <p>All files are checked before the first one is stored. A connector whose stored settings differ takes the file's.
     *
     * @param prune what happens to stored connectors that came from files which are not given
     * @return completes with notes for people once everything is stored and about to start; fails with a {@link
     *     ConfigException} naming file and setting if one of them is wrong, with nothing changed
     */
    public CompletableFuture<List<String>> applyFiles(List<ConnectorFile> files, Prune prune) {
        CompletableFuture<List<String>> result = new CompletableFuture<>();
        try {
            commands.execute(() -> complete(result, files, prune));
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(closed);
        }
        return result;
    }

    private void complete(CompletableFuture<List<String>> result, List<ConnectorFile> files, Prune prune) {
        try {
            result.complete(apply(files, prune));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(interrupted);
        } catch (RuntimeException | Error refused) { // The caller waits: whatever happens, it must hear of it.
            result.completeExceptionally(refused);
        }
    }

    /** Stops all connectors and tasks, bounded by the shutdown time; blocks. Nothing is started afterwards. */
    void close() {
        isClosing = true;
        check.cancel();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::stopAll, commands);
        try {
            stopped.join();
        } finally {
            commands.shutdownNow();
        }
    }

    private void stopAll() {
        try {
            runs.stopAll(shutdownTimeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> apply(List<ConnectorFile> files, Prune prune) throws InterruptedException {
        List<String> notes = checkAll(files);
        Map<String, StoredConnector> stored = configs.connectors();
        Map<String, StoredConnector> wanted = new LinkedHashMap<>(stored);
        for (ConnectorFile file : files) {
            StoredConnector given =
                    new StoredConnector(file.config(), file.file().toString());
            StoredConnector old = wanted.put(file.name(), given);
            if (old != null && !old.config().equals(given.config())) {
                notes.add("Connector " + file.name() + ": its stored settings differed; those of " + file.file()
                        + " are taken.");
            }
            if (!given.equals(old)) {
                configs.putConnector(file.name(), given).join();
            }
        }
        if (prune == Prune.DELETE_OTHERS_FROM_FILES) {
            prune(files, wanted, notes);
        }
        wanted.forEach((name, connector) -> post(new Event.Configured(name, connector)));
        awaitOwner();
        return List.copyOf(notes);
    }

    /** Lets the owner come to what was posted, so that the view shows it; a loop that has ended is not waited for. */
    private void awaitOwner() {
        CompletableFuture.runAsync(() -> {}, owner)
                .completeOnTimeout(null, shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void prune(List<ConnectorFile> files, Map<String, StoredConnector> wanted, List<String> notes) {
        List<String> given = files.stream().map(ConnectorFile::name).toList();
        for (Map.Entry<String, StoredConnector> entry : List.copyOf(wanted.entrySet())) {
            String file = entry.getValue().file();
            if (file != null && !given.contains(entry.getKey())) {
                configs.removeConnector(entry.getKey()).join();
                statuses.remove(entry.getKey()).join();
                wanted.remove(entry.getKey());
                notes.add("Connector " + entry.getKey() + ", which came from " + file
                        + ", is deleted; its topics and offsets stay.");
            }
        }
    }

    private List<String> checkAll(List<ConnectorFile> files) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConnectorFile file : files) {
            file.warnings().forEach(warning -> notes.add(file.file() + ": " + warning.text()));
            try {
                requireRunning(file);
                check.check(file.config()).forEach(note -> notes.add(file.file() + ": " + note));
            } catch (ConfigException wrong) {
                problemsOf(wrong).forEach(problem -> problems.add(inFile(file, problem)));
            } catch (ConnectorException wrong) {
                problems.add(ConfigProblem.error("connector.class", file.file() + ": " + wrong.getMessage(), null));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return notes;
    }

    private static void requireRunning(ConnectorFile file) {
        if (file.initialState() != InitialState.RUNNING) {
            throw new ConfigException(List.of(ConfigProblem.error(
                    "initial_state",
                    "Cannot begin in state " + file.initialState()
                            + ": connectors of files are started with the worker.",
                    "Remove initial_state, or leave the file out of the command line.")));
        }
    }

    /** A refusal in words alone, such as that of an unknown class, is a problem too. */
    private static List<ConfigProblem> problemsOf(ConfigException wrong) {
        return wrong.problems().isEmpty()
                ? List.of(ConfigProblem.error("connector.class", String.valueOf(wrong.getMessage()), null))
                : wrong.problems();
    }

    private static ConfigProblem inFile(ConnectorFile file, ConfigProblem problem) {
        return new ConfigProblem(
                problem.severity(), problem.key(), file.file() + ": " + problem.message(), problem.fix());
    }

    /** Brings an event to the owner; any thread. */
    private void post(Event event) {
        owner.execute(() -> {
            Plan plan = event.apply(state);
            state = plan.next();
            plan.commands().forEach(this::execute);
        });
    }

    private void execute(Command command) {
        try {
            commands.execute(() -> carryOut(command));
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().log("a command after the end: {}", command);
        }
    }

    private void carryOut(Command command) {
        if (isClosing) {
            return;
        }
        try {
            if (command instanceof Command.StartConnector start) {
                runs.startConnector(start.name(), start.generation(), start.connector());
            } else if (command instanceof Command.StartTasks start) {
                startTasks(start);
            } else if (command instanceof Command.Stop stop) {
                List<Runs.Run> asked = runs.stop(stop.units());
                ScheduledFuture<?> unused =
                        commands.schedule(() -> giveUp(asked), shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS);
            } else if (command instanceof Command.Publish publish) {
                publish(publish);
            } else if (command instanceof Command.Forget forget) {
                runs.forget(forget.name());
                statuses.remove(forget.name()).join();
            }
        } catch (RuntimeException failed) { // The log refuses writes: the view stays true, only the topic falls behind.
            LOG.atError()
                    .setCause(failed)
                    .log("cannot carry out {}", command.getClass().getSimpleName());
        }
    }

    private void startTasks(Command.StartTasks start) {
        try {
            configs.putTasks(start.name(), start.tasks()).join();
            statuses.removeTasksFrom(start.name(), start.tasks().size()).join();
        } catch (CompletionException refused) {
            RuntimeException cause = refused.getCause() instanceof RuntimeException known ? known : refused;
            runs.failTasks(start, cause);
            return;
        }
        runs.startTasks(start.name(), start.generation(), start.connector(), start.tasks());
    }

    private void giveUp(List<Runs.Run> asked) {
        try {
            runs.giveUp(asked);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(Command.Publish publish) {
        TaskId id = publish.id();
        Unit unit = publish.unit();
        StoredStatus status = new StoredStatus(
                unit.state().name(), unit.trace(), workerId, publish.generation(), version(id.connector()));
        if (id.isConnector()) {
            statuses.putConnector(id.connector(), status).join();
        } else {
            statuses.putTask(id.connector(), id.index(), status).join();
        }
    }

    private ConnectorView view(Entry entry) {
        String version = version(entry.name());
        List<TaskView> tasks = new ArrayList<>();
        for (int index = 0; index < entry.tasks().size(); index++) {
            tasks.add(view(new TaskId(entry.name(), index), entry.tasks().get(index), version));
        }
        StoredConnector wanted = entry.wanted();
        Map<String, String> config = wanted == null ? Map.of() : wanted.config();
        return new ConnectorView(
                entry.name(), kind(config), config, status(entry.connector(), version), List.copyOf(tasks));
    }

    private TaskView view(TaskId id, Unit unit, String version) {
        Optional<TaskCounters> counters = runs.counters(id);
        return new TaskView(
                id.index(),
                status(unit, version),
                unit.config(),
                counters.map(TaskCounters::records).orElse(0L),
                counters.map(TaskCounters::bytes).orElse(0L),
                counters.map(TaskCounters::lastActivityMillis).orElse(0L),
                counters.flatMap(TaskCounters::progress));
    }

    private StatusView status(Unit unit, String version) {
        return new StatusView(unit.state(), workerId, version, unit.trace());
    }

    private String version(String name) {
        return state.entry(name)
                .map(Entry::wanted)
                .flatMap(connector -> resolution(connector.config()))
                .map(resolution -> resolution.descriptor().version())
                .orElse(Plugin.UNKNOWN_VERSION);
    }

    /** A connector whose plugin is gone has no kind to look up; a sink is recognised by its topics. */
    private PluginKind kind(Map<String, String> config) {
        return resolution(config)
                .map(resolution -> resolution.descriptor().kind())
                .orElse(
                        config.containsKey("topics") || config.containsKey("topics.regex")
                                ? PluginKind.SINK
                                : PluginKind.SOURCE);
    }

    private Optional<Resolution> resolution(Map<String, String> config) {
        try {
            return Optional.of(plugins.findConnector(ConnectorConfig.connectorClass(config)));
        } catch (ConfigException unknown) {
            return Optional.empty();
        }
    }
}
