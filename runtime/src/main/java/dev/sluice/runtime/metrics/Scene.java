package dev.sluice.runtime.metrics;

import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskFacts;
import dev.sluice.runtime.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is there at one moment: read once, then looked at by many families. Belongs to the thread that reads. */
final class Scene {
    private final WorkerSubject worker;
    private final List<ConnectorSubject> connectors = new ArrayList<>();
    private final List<TaskSubject> tasks = new ArrayList<>();

    private Scene(Readings readings, List<ConnectorView> views, long nowMillis) {
        for (ConnectorView view : views) {
            ConnectorSubject connector =
                    new ConnectorSubject(view, connectorClass(readings, view), readings.lags(view.name()));
            connectors.add(connector);
            for (TaskView task : view.tasks()) {
                Optional<TaskCounters> counters = readings.counters(new TaskId(view.name(), task.index()));
                counters.ifPresent(found -> tasks.add(new TaskSubject(connector, task, found, nowMillis)));
            }
        }
        worker = new WorkerSubject(readings.worker(), connectors, tasks, nowMillis);
    }

    /** The class as the plugin has it, not as the settings name it; known once a task is made. */
    private static String connectorClass(Readings readings, ConnectorView view) {
        return view.tasks().stream()
                .flatMap(task -> readings.counters(new TaskId(view.name(), task.index())).stream())
                .flatMap(counters -> counters.facts().stream())
                .map(facts -> facts.connector().className())
                .findFirst()
                .orElse("");
    }

    /** Looks at everything. */
    static Scene of(Readings readings, long nowMillis) {
        return new Scene(readings, readings.connectors(), nowMillis);
    }

    /** Looks at one connector and its tasks. */
    static Scene of(Readings readings, String connector, long nowMillis) {
        return new Scene(readings, readings.connector(connector).map(List::of).orElse(List.of()), nowMillis);
    }

    Stream<WorkerSubject> worker() {
        return Stream.of(worker);
    }

    Stream<AppSubject> app() {
        return Stream.of(new AppSubject(worker.facts()));
    }

    Stream<ConnectorSubject> connectors() {
        return connectors.stream();
    }

    Stream<TaskSubject> tasks() {
        return tasks.stream();
    }

    Stream<TaskSubject> sources() {
        return tasks.stream().filter(task -> !task.isSink());
    }

    Stream<TaskSubject> sinks() {
        return tasks.stream().filter(TaskSubject::isSink);
    }

    Stream<StepSubject> transformations() {
        return tasks.stream().flatMap(task -> steps(task, task.facts().transformations()));
    }

    Stream<StepSubject> predicates() {
        return tasks.stream().flatMap(task -> steps(task, task.facts().predicates()));
    }

    private static Stream<StepSubject> steps(TaskSubject task, List<TaskFacts.Step> steps) {
        return steps.stream().map(step -> new StepSubject(task, step));
    }

    Stream<TimerSubject> stages() {
        return tasks.stream().flatMap(TimerSubject::stagesOf);
    }

    Stream<TimerSubject> transformationTimes() {
        return tasks.stream().flatMap(TimerSubject::transformationsOf);
    }

    Stream<PartitionSubject> partitions() {
        return tasks.stream().flatMap(PartitionSubject::of);
    }
}
