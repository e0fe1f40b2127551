package dev.sluice.runtime.metrics;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.plugin.PluginMetrics;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.Recovery;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StartCounters;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.flow.Verdict;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskMetrics;
import dev.sluice.runtime.task.TestingCounters;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Connectors that run nothing and have numbers all the same; the even ones are sources. */
final class FakeReadings implements Readings {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Flow FLOW =
            new Flow(Verdict.FLOWING, Instant.EPOCH, "It moves.", "Nothing.", 12L, 345L, Instant.EPOCH, Instant.EPOCH);
    private static final StatusView RUNNING =
            new StatusView(RunState.RUNNING, "worker:8083", "1.0", null, Recovery.NONE);

    private final List<ConnectorView> connectors = new ArrayList<>();
    private final Map<TaskId, TaskCounters> counters = new HashMap<>();

    static FakeReadings of(int connectorCount, int taskCount) {
        FakeReadings readings = new FakeReadings();
        for (int i = 0; i < connectorCount; i++) {
            readings.add("c" + i, i % 2 == 0 ? PluginKind.SOURCE : PluginKind.SINK, taskCount);
        }
        return readings;
    }

    private void add(String name, PluginKind kind, int taskCount) {
        List<TaskView> tasks = new ArrayList<>();
        for (int index = 0; index < taskCount; index++) {
            tasks.add(new TaskView(index, RUNNING, FLOW, Map.of(), 1, 2, 3, Optional.empty()));
            counters.put(new TaskId(name, index), TestingCounters.busy(CLOCK));
        }
        connectors.add(
                new ConnectorView(name, kind, Map.of("a", "setting"), StoredTarget.STARTED, RUNNING, FLOW, tasks));
    }

    TaskMetrics taskMetrics(int connector, int task) {
        return Objects.requireNonNull(counters.get(new TaskId("c" + connector, task)))
                .pluginMetrics();
    }

    PluginMetrics metrics(int connector, int task) {
        return taskMetrics(connector, task);
    }

    PrometheusLines text(RecordingLevel level) {
        return PrometheusLines.read(new PrometheusText(this, List::of, level, CLOCK).render());
    }

    @Override
    public WorkerFacts worker() {
        return new WorkerFacts("worker:8083", "cluster", 0, new StartCounters(), 1, Map.of("zone", "a"));
    }

    @Override
    public List<ConnectorView> connectors() {
        return connectors;
    }

    @Override
    public Optional<ConnectorView> connector(String name) {
        return connectors.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    @Override
    public Optional<TaskCounters> counters(TaskId task) {
        return Optional.ofNullable(counters.get(task));
    }

    @Override
    public Map<TopicPartition, Long> lags(String connector) {
        return Map.of();
    }
}
