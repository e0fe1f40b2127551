package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.control.ConfigVersion;
import dev.sluice.runtime.control.Configured;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.Connectors;
import dev.sluice.runtime.control.OffsetEntry;
import dev.sluice.runtime.control.OffsetReset;
import dev.sluice.runtime.control.Recovery;
import dev.sluice.runtime.control.RequestRefused;
import dev.sluice.runtime.control.RestartScope;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.flow.FakeFlow;
import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.flow.HealthReport;
import dev.sluice.runtime.flow.Verdict;
import dev.sluice.runtime.store.StoredTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Connectors that are only remembered: what is asked is written down, and answered with what the test put in. The test's thread
 * and event loops use it, one after the other.
 */
final class FakeConnectors implements Connectors {
    static final String WORKER = "127.0.0.1:8083";

    /** What was asked, such as {@code pause a}. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    final List<ConfigProblem> warnings = new ArrayList<>();
    final List<ConfigVersion> history = new ArrayList<>();
    final List<OffsetEntry> offsets = new ArrayList<>();
    private final Map<String, ConnectorView> views = Collections.synchronizedMap(new TreeMap<>());
    private volatile @Nullable CompletableFuture<?> answer;

    void put(ConnectorView view) {
        views.put(view.name(), view);
    }

    /** Goes back to the beginning. */
    void forget() {
        calls.clear();
        warnings.clear();
        history.clear();
        offsets.clear();
        views.clear();
        answer = null;
    }

    /** Whether the connectors were looked at just now. */
    volatile boolean isLookedAt = true;

    /** Lets all operations end like this one, such as in a refusal, or never. */
    void answerWith(CompletableFuture<?> future) {
        answer = future;
    }

    void refuse(RequestRefused refused) {
        answerWith(CompletableFuture.failedFuture(refused));
    }

    @SuppressWarnings("unchecked") // the test's own affair
    private <T> CompletableFuture<T> asked(String call, Supplier<T> result) {
        calls.add(call);
        CompletableFuture<?> given = answer;
        // On another thread, as those of a worker are.
        return given == null ? CompletableFuture.supplyAsync(result) : (CompletableFuture<T>) given;
    }

    static StatusView running() {
        return new StatusView(RunState.RUNNING, WORKER, "1.2", null, Recovery.NONE);
    }

    static StatusView state(RunState state, @Nullable String trace) {
        return new StatusView(state, WORKER, "", trace, Recovery.NONE);
    }

    static TaskView task(int index, StatusView status) {
        return new TaskView(index, status, flow(status), Map.of("task.class", "a.Task"), 0, 0, 0, Optional.empty());
    }

    static ConnectorView connector(String name, PluginKind kind, StatusView status, TaskView... tasks) {
        Flow worst = Stream.concat(Stream.of(flow(status)), Stream.of(tasks).map(TaskView::flow))
                .max(Comparator.comparing(Flow::verdict))
                .orElseThrow();
        return new ConnectorView(name, kind, Map.of("name", name), StoredTarget.STARTED, status, worst, List.of(tasks));
    }

    private static Flow flow(StatusView status) {
        return FakeFlow.of(
                switch (status.state()) {
                    case FAILED -> Verdict.FAILED;
                    case STUCK -> Verdict.STUCK;
                    case UNASSIGNED, RUNNING, PAUSED, STOPPED, RESTARTING -> Verdict.FLOWING;
                });
    }

    private ConnectorView view(String name, Map<String, String> config) {
        return new ConnectorView(
                name,
                PluginKind.SINK,
                config,
                StoredTarget.STARTED,
                running(),
                flow(running()),
                List.of(task(0, running())));
    }

    @Override
    public String workerId() {
        return WORKER;
    }

    @Override
    public String clusterId() {
        return "cluster-1";
    }

    @Override
    public HealthReport health() {
        List<HealthReport.Ailing> ailing = views.values().stream()
                .filter(view -> view.flow().verdict().isAlarm())
                .map(view -> new HealthReport.Ailing(view.name(), view.flow()))
                .toList();
        return new HealthReport(FakeFlow.AT, isLookedAt, ailing);
    }

    @Override
    public List<String> names() {
        return List.copyOf(views.keySet());
    }

    @Override
    public Optional<ConnectorView> connector(String name) {
        return Optional.ofNullable(views.get(name));
    }

    @Override
    public List<ConnectorView> all() {
        return List.copyOf(views.values());
    }

    @Override
    public CompletableFuture<Configured> create(String name, Map<String, String> config, InitialState initial) {
        return asked(
                "create " + name + " " + new TreeMap<>(config) + " " + initial,
                () -> new Configured(view(name, config), true, warnings));
    }

    @Override
    public CompletableFuture<Configured> configure(String name, Map<String, String> config) {
        return asked(
                "configure " + name + " " + new TreeMap<>(config),
                () -> new Configured(view(name, config), !views.containsKey(name), warnings));
    }

    @Override
    public CompletableFuture<Configured> patch(String name, Map<String, @Nullable String> changes) {
        return asked(
                "patch " + name + " " + changes,
                () -> new Configured(view(name, Map.of("name", name)), false, warnings));
    }

    @Override
    public CompletableFuture<Void> delete(String name) {
        return done("delete " + name);
    }

    private CompletableFuture<Void> done(String call) {
        return asked(call, () -> 0).thenApply(result -> null);
    }

    @Override
    public CompletableFuture<Void> pause(String name) {
        return done("pause " + name);
    }

    @Override
    public CompletableFuture<Void> resume(String name) {
        return done("resume " + name);
    }

    @Override
    public CompletableFuture<Void> stop(String name) {
        return done("stop " + name);
    }

    @Override
    public CompletableFuture<ConnectorView> restart(String name, RestartScope scope) {
        return asked(
                "restart " + name + " " + scope.includeTasks() + " " + scope.onlyFailed(),
                () -> connector(name, PluginKind.SINK, state(RunState.RESTARTING, null)));
    }

    @Override
    public CompletableFuture<Void> restartTask(String name, int task) {
        return done("restart " + name + "-" + task);
    }

    @Override
    public CompletableFuture<List<OffsetEntry>> offsets(String name) {
        return asked("offsets " + name, () -> List.copyOf(offsets));
    }

    @Override
    public CompletableFuture<String> alterOffsets(String name, List<OffsetEntry> changed) {
        return asked("alter " + name + " " + changed, () -> "altered");
    }

    @Override
    public CompletableFuture<String> resetOffsets(String name, OffsetReset to) {
        return asked("reset " + name + " " + to, () -> "reset");
    }

    @Override
    public Optional<List<ConfigVersion>> history(String name) {
        return views.containsKey(name) ? Optional.of(List.copyOf(history)) : Optional.empty();
    }

    @Override
    public CompletableFuture<Configured> rollback(String name, int version) {
        return asked(
                "rollback " + name + " " + version,
                () -> new Configured(view(name, new LinkedHashMap<>(Map.of("name", name))), false, warnings));
    }

    @Override
    public CompletableFuture<Set<String>> topics(String name) {
        return asked("topics " + name, () -> Set.of("t2", "t1"));
    }

    @Override
    public CompletableFuture<Void> resetTopics(String name) {
        return done("reset topics " + name);
    }
}
