package dev.sluice.runtime.metrics;

import java.util.List;
import java.util.Map;

/** The worker, with what its metrics sum up. */
record WorkerSubject(WorkerFacts facts, List<ConnectorSubject> connectors, List<TaskSubject> tasks, long nowMillis)
        implements Subject {
    WorkerSubject {
        connectors = List.copyOf(connectors);
        tasks = List.copyOf(tasks);
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public Map<String, String> context() {
        return facts.context();
    }

    long taskCount() {
        return connectors.stream()
                .mapToLong(connector -> connector.view().tasks().size())
                .sum();
    }
}
