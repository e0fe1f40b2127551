package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.control.RequestRefused.Reason;
import dev.sluice.runtime.flow.FlowLimits;
import dev.sluice.runtime.flow.FlowMonitor;
import dev.sluice.runtime.flow.FlowReport;
import dev.sluice.runtime.flow.HealthReport;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.secret.Secrets;
import dev.sluice.runtime.store.ActiveTopics;
import dev.sluice.runtime.store.ConfigStore;
import dev.sluice.runtime.store.StatusStore;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredVersion;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskServices;
import dev.sluice.runtime.validate.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the connectors of a worker. It only connects its parts: {@link Changes} and {@link OffsetChanges} store what is
 * wanted, {@link PlanLoop} plans what follows, {@link CommandThread} carries it out, {@link Views} shows it.
 */
public final class Herder implements Connectors {
    private static final Logger LOG = LoggerFactory.getLogger(Herder.class);

    private final String workerId;
    private final String clusterId;
    private final Duration shutdownTimeout;
    private final ConfigStore configs;
    private final Secrets secrets;
    private final PlanLoop loop;
    private final CommandThread commands;
    private final Views views;
    private final DeclaredConnectors declared;
    private final Changes changes;
    private final OffsetChanges offsets;
    private final Remarks remarks;
    private final FlowMonitor monitor;
    private final ActiveTopics topics;
    private final boolean allowsTopicReset;

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
            Secrets secrets,
            WorkerIdentity identity) {
        this.configs = configs;
        this.workerId = identity.workerId();
        this.clusterId = services.transport().clusterId();
        this.shutdownTimeout = worker.shutdownTimeout();
        this.secrets = secrets;
        Validation check = new Validation(plugins, worker, secrets);
        Runs runs = new Runs(
                plugins,
                worker,
                services,
                new PendingStarts(secrets, this::onCommandThread),
                identity.epoch(),
                this::post,
                this::onBudgetSpent);
        this.views = new Views(plugins, runs, workerId, this::flows);
        this.loop = new PlanLoop(owner, this::execute, this::onChanged);
        this.monitor = new FlowMonitor(
                new Observed(loop, runs, views, worker, secrets.resolver(), services.clock()),
                services.transport(),
                new FlowLimits(
                        worker.stalledAfter().toMillis(),
                        worker.callTimeout().toMillis(),
                        worker.unconfirmedAfter().toMillis()),
                services.clock());
        this.topics = services.topics();
        this.allowsTopicReset = worker.allowsTopicReset();
        this.commands = new CommandThread(
                configs,
                new StatusPublisher(
                        statuses, workerId, name -> views.version(loop.state().entry(name))),
                runs,
                shutdownTimeout,
                services.clock(),
                this::post);
        this.declared = new DeclaredConnectors(configs, statuses, check, secrets.masking());
        this.remarks = new Remarks(check);
        this.changes = new Changes(
                loop, commands, configs, check, remarks, secrets.masking(), this::connector, shutdownTimeout);
        this.offsets = new OffsetChanges(
                loop,
                changes,
                commands,
                services.offsets(),
                services.transport(),
                new PluginQuestions(plugins, secrets.resolver(), worker.callTimeout()),
                secrets.resolver(),
                worker);
        secrets.onChanged(this::onSecretsChanged);
        monitor.start();
    }

    /** Returns what moves and what does not, as the monitor last saw it; any thread. */
    public FlowReport flows() {
        return monitor.report();
    }

    private void onChanged(String connector) {
        monitor.changed(connector);
    }

    private void onCommandThread(Runnable work) {
        commands.run(work);
    }

    /** Starts connectors anew whose secrets changed; those that are stopped or gone take the new ones when they start. */
    private void onSecretsChanged(Set<String> connectors) {
        for (String name : connectors) {
            LOG.atInfo()
                    .addKeyValue("connector", name)
                    .log("starts anew, because a value of a config provider changed");
            CompletableFuture<ConnectorView> unused = restart(name, new RestartScope(true, false))
                    .whenComplete((view, refused) -> {
                        if (refused != null) {
                            LOG.atWarn()
                                    .addKeyValue("connector", name)
                                    .addKeyValue("error", refused.getMessage())
                                    .log("cannot start anew with its changed secrets");
                        }
                    });
        }
    }

    private void execute(Command command) {
        commands.execute(command);
    }

    private void post(Event event) {
        CompletableFuture<Void> unused = loop.post(event);
    }

    private void onBudgetSpent(String connector, String reason) {
        CompletableFuture<Void> unused = changes.pauseBecause(connector, reason);
    }

    /**
     * Takes the connectors of files as what is wanted, then starts everything that is stored and not there yet. Called after
     * the start of the worker, also without files; another call changes what its files change, and disturbs nothing else.
     *
     * <p>All files are checked before the first one is stored. A connector whose stored settings differ takes the file's.
     *
     * @param prune what happens to stored connectors that came from files which are not given
     * @return completes with notes for people once everything is stored and about to start; fails with a {@link
     *     dev.sluice.api.config.ConfigException} naming file and setting if one of them is wrong, with nothing changed
     */
    public CompletableFuture<List<String>> applyFiles(List<ConnectorFile> files, Prune prune) {
        return commands.call(() -> {
            List<String> notes = List.copyOf(declared.apply(files, prune));
            configs.connectors()
                    .forEach((name, connector) ->
                            post(new Event.Restored(name, connector, configs.target(name), configs.tasks(name))));
            loop.settle(shutdownTimeout);
            return notes;
        });
    }

    /** Stops all connectors and tasks, bounded by the shutdown time; blocks. Nothing is started afterwards. */
    void close() {
        secrets.checks().close();
        monitor.close();
        commands.close();
    }

    /** Returns what a task has done since it started, if it was started; any thread. */
    public Optional<TaskCounters> counters(TaskId id) {
        return views.counters(id);
    }

    /** Returns how the starts of connectors and tasks went; any thread. */
    public StartCounters starts() {
        return views.starts();
    }

    /** Returns the connectors as they are now; any thread. */
    public HerderView view() {
        return new HerderView(workerId, clusterId, all());
    }

    /** Completes once the thread that carries out commands has come to it: proof that it works. Any thread. */
    public CompletableFuture<Void> pulse() {
        return commands.call(() -> null);
    }

    @Override
    public String workerId() {
        return workerId;
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public List<String> names() {
        return loop.state().entries().values().stream()
                .filter(entry -> entry.wanted() != null)
                .map(Entry::name)
                .toList();
    }

    @Override
    public Optional<ConnectorView> connector(String name) {
        return loop.state().entry(name).flatMap(views::view);
    }

    @Override
    public List<ConfigProblem> warnings(String name) {
        return loop.state()
                .entry(name)
                .map(Entry::wanted)
                .map(wanted -> remarks.of(name, wanted.config()))
                .orElse(List.of());
    }

    @Override
    public List<ConnectorView> all() {
        return loop.state().entries().values().stream()
                .flatMap(entry -> views.view(entry).stream())
                .toList();
    }

    @Override
    public CompletableFuture<Configured> create(String name, Map<String, String> config, InitialState initial) {
        return changes.create(name, config, initial);
    }

    @Override
    public CompletableFuture<Configured> configure(String name, Map<String, String> config) {
        return changes.configure(name, config);
    }

    @Override
    public CompletableFuture<Configured> patch(String name, Map<String, @Nullable String> given) {
        return changes.patch(name, given);
    }

    @Override
    public CompletableFuture<Configured> rollback(String name, int version) {
        return changes.rollback(name, version);
    }

    @Override
    public CompletableFuture<Void> delete(String name) {
        return changes.delete(name);
    }

    @Override
    public CompletableFuture<Void> pause(String name) {
        return changes.target(name, TargetState.PAUSED);
    }

    @Override
    public CompletableFuture<Void> resume(String name) {
        return changes.target(name, TargetState.STARTED);
    }

    @Override
    public CompletableFuture<Void> stop(String name) {
        return changes.target(name, TargetState.STOPPED);
    }

    @Override
    public CompletableFuture<ConnectorView> restart(String name, RestartScope scope) {
        return changes.with(name, () -> {
            StoredConnector unused = changes.require(name, "Unknown connector: " + name);
            Entry entry = loop.state().entry(name).orElseThrow();
            return loop.plan(new Event.RestartAsked(name, units(entry, scope)))
                    .thenApply(
                            planned -> planned.entry(name).flatMap(views::view).orElseThrow());
        });
    }

    private static Set<Integer> units(Entry entry, RestartScope scope) {
        Set<Integer> units = new TreeSet<>();
        for (int index = TaskId.CONNECTOR; index < entry.tasks().size(); index++) {
            boolean isCovered = index == TaskId.CONNECTOR || scope.includeTasks();
            boolean isMeant =
                    !scope.onlyFailed() || entry.unit(index).orElseThrow().isFailed();
            if (isCovered && isMeant) {
                units.add(index);
            }
        }
        return units;
    }

    @Override
    public CompletableFuture<Void> restartTask(String name, int task) {
        return changes.with(name, () -> {
            StoredConnector unused = changes.require(name, "Unknown connector: " + name);
            Entry entry = loop.state().entry(name).orElseThrow();
            // Those of a stopped connector are still there while they end.
            int tasks = entry.target().state() == TargetState.STOPPED
                    ? 0
                    : entry.tasks().size();
            if (task < 0 || task >= tasks) {
                throw new RequestRefused(
                        Reason.NOT_FOUND,
                        "Unknown task: " + name + "-" + task,
                        "The connector has " + tasks + " tasks, counted from 0.");
            }
            return loop.post(new Event.RestartAsked(name, Set.of(task)));
        });
    }

    @Override
    public CompletableFuture<List<OffsetEntry>> offsets(String name) {
        return found(name, offsets::read);
    }

    @Override
    public CompletableFuture<String> alterOffsets(String name, List<OffsetEntry> wanted) {
        return found(name, connector -> offsets.alter(connector, wanted));
    }

    @Override
    public CompletableFuture<String> resetOffsets(String name, OffsetReset to) {
        return found(name, connector -> offsets.reset(connector, to));
    }

    /** Refusals reach the caller by the future, whenever they are found. */
    private <T> CompletableFuture<T> found(String name, Function<ConnectorView, CompletableFuture<T>> work) {
        try {
            return work.apply(connector(name)
                    .orElseThrow(() -> new RequestRefused(Reason.NOT_FOUND, "Connector " + name + " not found", null)));
        } catch (RequestRefused refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public Optional<List<ConfigVersion>> history(String name) {
        return connector(name)
                .map(connector ->
                        configs.history(name).stream().map(Herder::version).toList());
    }

    private static ConfigVersion version(StoredVersion stored) {
        return new ConfigVersion(stored.version(), stored.timeMillis(), stored.origin(), stored.config());
    }

    @Override
    public CompletableFuture<Set<String>> topics(String name) {
        if (!topics.isEnabled()) {
            return CompletableFuture.failedFuture(new RequestRefused(
                    Reason.FORBIDDEN, "Topic tracking is disabled.", "Set topic.tracking.enable=true for the worker."));
        }
        return found(name, connector -> CompletableFuture.completedFuture(topics.of(name)));
    }

    @Override
    public CompletableFuture<Void> resetTopics(String name) {
        if (!topics.isEnabled() || !allowsTopicReset) {
            return CompletableFuture.failedFuture(new RequestRefused(
                    Reason.FORBIDDEN,
                    topics.isEnabled() ? "Topic tracking reset is disabled." : "Topic tracking is disabled.",
                    "Set topic.tracking.enable=true and topic.tracking.allow.reset=true for the worker."));
        }
        return found(name, connector -> topics.reset(name));
    }

    @Override
    public HealthReport health() {
        return monitor.health();
    }
}
