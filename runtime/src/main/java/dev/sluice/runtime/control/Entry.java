package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector in the plan: what is wanted, and what is there.
 *
 * <pre>
 *   (new) ──► running ── config changed, stopped, deleted ──► ending ── last thread ended ──► running | resting | (gone)
 *                ▲  │ task configs changed                                                        ▲
 *                └──┴── tasks ending ── last task ended ──► tasks started anew       resumed ─────┘
 * </pre>
 *
 * <p>A connector that rests is paused or stopped and has no thread: one that was paused while it ran keeps its threads, idle.
 *
 * @param name its name
 * @param wanted the stored connector, or null if it was deleted
 * @param target what it is wanted to do
 * @param isEnding whether all its threads were asked to stop
 * @param connector the connector itself
 * @param tasks its tasks by index
 * @param tasksOf the run of the connector that gave the tasks; 0 if its present run has given none yet
 * @param nextTasks the settings of the tasks to start once the present ones have ended, or null
 */
record Entry(
        String name,
        @Nullable StoredConnector wanted,
        StoredTarget target,
        boolean isEnding,
        Unit connector,
        List<Unit> tasks,
        long tasksOf,
        @Nullable List<Map<String, String>> nextTasks) {
    Entry {
        tasks = List.copyOf(tasks);
    }

    static Entry starting(String name, StoredConnector wanted, long run) {
        return new Entry(name, wanted, StoredTarget.STARTED, false, Unit.starting(run, Map.of()), List.of(), 0, null);
    }

    /** One that has no threads, because it is paused or stopped. */
    static Entry resting(
            String name, StoredConnector wanted, StoredTarget target, List<Map<String, String>> taskConfigs) {
        RunState state = target.state() == TargetState.PAUSED ? RunState.PAUSED : RunState.STOPPED;
        List<Unit> tasks = state == RunState.STOPPED
                ? List.of()
                : taskConfigs.stream()
                        .map(config -> Unit.resting(state, config))
                        .toList();
        return new Entry(name, wanted, target, false, Unit.resting(state, Map.of()), tasks, 0, null);
    }

    Optional<Unit> unit(int index) {
        if (index == TaskId.CONNECTOR) {
            return Optional.of(connector);
        }
        return index < tasks.size() ? Optional.of(tasks.get(index)) : Optional.empty();
    }

    /** Returns whether this is what it is wanted to be already. */
    boolean isWanted(StoredConnector connector, StoredTarget toDo) {
        return connector.equals(wanted) && toDo.equals(target);
    }

    TaskId id(int index) {
        return new TaskId(name, index);
    }

    Entry withUnit(int index, Unit unit) {
        if (index == TaskId.CONNECTOR) {
            return new Entry(name, wanted, target, isEnding, unit, tasks, tasksOf, nextTasks);
        }
        List<Unit> changed = new ArrayList<>(tasks);
        changed.set(index, unit);
        return new Entry(name, wanted, target, isEnding, connector, changed, tasksOf, nextTasks);
    }

    Entry with(StoredTarget newTarget) {
        return new Entry(name, wanted, newTarget, isEnding, connector, tasks, tasksOf, nextTasks);
    }

    Entry ending(@Nullable StoredConnector newlyWanted, StoredTarget newTarget) {
        return new Entry(name, newlyWanted, newTarget, true, connector, tasks, tasksOf, null);
    }

    Entry withNextTasks(List<Map<String, String>> next) {
        return new Entry(name, wanted, target, isEnding, connector, tasks, connector.run(), next);
    }

    Entry withTasks(List<Unit> newTasks) {
        return new Entry(name, wanted, target, isEnding, connector, newTasks, connector.run(), null);
    }

    /** The connector starts anew by itself; its tasks go on until it says which should run. */
    Entry withConnectorStarted(Unit unit) {
        return new Entry(name, wanted, target, isEnding, unit, tasks, 0, nextTasks);
    }

    boolean hasLiveTask() {
        return tasks.stream().anyMatch(Unit::isAlive);
    }

    boolean isAlive() {
        return connector.isAlive() || hasLiveTask();
    }

    /** Returns whether the connector has said which tasks should run, failed to, or rests. */
    boolean isSettled() {
        boolean hasGiven = tasksOf == connector.run() && nextTasks == null;
        return !isEnding && (hasGiven || !connector.isAlive() || connector.isFailed());
    }

    /** Returns the tasks that have a thread. */
    List<TaskId> liveTasks() {
        List<TaskId> live = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).isAlive()) {
                live.add(id(i));
            }
        }
        return live;
    }

    /** Returns everything that has a thread, the connector last. */
    List<TaskId> live() {
        List<TaskId> live = liveTasks();
        if (connector.isAlive()) {
            live.add(TaskId.connector(name));
        }
        return live;
    }

    List<Map<String, String>> taskConfigs() {
        return tasks.stream().map(Unit::config).toList();
    }
}
