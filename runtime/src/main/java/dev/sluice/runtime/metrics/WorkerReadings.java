package dev.sluice.runtime.metrics;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.Herder;
import dev.sluice.runtime.control.Worker;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a running worker. */
final class WorkerReadings implements Readings {
    private final Worker worker;
    private final Herder herder;
    private final long startMillis;
    private final Map<String, String> context;

    WorkerReadings(Worker worker, long startMillis, Map<String, String> context) {
        this.worker = worker;
        this.herder = worker.herder();
        this.startMillis = startMillis;
        this.context = Map.copyOf(context);
    }

    @Override
    public WorkerFacts worker() {
        return new WorkerFacts(
                herder.workerId(),
                herder.clusterId(),
                startMillis,
                herder.starts(),
                worker.abandonedThreads(),
                context);
    }

    @Override
    public List<ConnectorView> connectors() {
        return herder.all();
    }

    @Override
    public Optional<ConnectorView> connector(String name) {
        return herder.connector(name);
    }

    @Override
    public Optional<TaskCounters> counters(TaskId task) {
        return herder.counters(task);
    }

    @Override
    public Map<TopicPartition, Long> lags(String connector) {
        return herder.flows().connector(connector).lags();
    }
}
