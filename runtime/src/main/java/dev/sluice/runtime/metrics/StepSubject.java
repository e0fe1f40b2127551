package dev.sluice.runtime.metrics;

import dev.sluice.runtime.task.TaskFacts;
import java.util.List;

/** A transformation or predicate of a task. */
record StepSubject(TaskSubject task, TaskFacts.Step step) implements Subject {
    @Override
    public List<String> labels() {
        List<String> of = task.labels();
        return List.of(of.get(0), of.get(1), step.alias());
    }
}
