package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StoredConnector;
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
 *   (new) ──► running ── config changed, deleted ──► ending ── last thread ended ──► running | (gone)
 *                ▲  │ task configs changed
 *                └──┴── tasks ending ── last task ended ──► tasks started anew
 * </pre>
 *
 * @param name its name
 * @param wanted the stored connector that should run, or null if it was deleted
 * @param generation counts its starts; events of an earlier one are stale
 * @param isEnding whether all its threads were asked to stop
 * @param connector the connector itself
 * @param tasks its tasks by index
 * @param nextTasks the settings of the tasks to start once the present ones have ended, or null
 */
record Entry(
        String name,
        @Nullable StoredConnector wanted,
        long generation,
        boolean isEnding,
        Unit connector,
        List<Unit> tasks,
        @Nullable List<Map<String, String>> nextTasks) {
    Entry {
        tasks = List.copyOf(tasks);
    }

    static Entry starting(String name, StoredConnector wanted, long generation) {
        return new Entry(name, wanted, generation, false, Unit.starting(Map.of()), List.of(), null);
    }

    Optional<Unit> unit(int index) {
        if (index == TaskId.CONNECTOR) {
            return Optional.of(connector);
        }
        return index < tasks.size() ? Optional.of(tasks.get(index)) : Optional.empty();
    }

    Entry withUnit(int index, Unit unit) {
        if (index == TaskId.CONNECTOR) {
            return new Entry(name, wanted, generation, isEnding, unit, tasks, nextTasks);
        }
        List<Unit> changed = new ArrayList<>(tasks);
        changed.set(index, unit);
        return new Entry(name, wanted, generation, isEnding, connector, changed, nextTasks);
    }

    Entry ending(@Nullable StoredConnector newlyWanted) {
        return new Entry(name, newlyWanted, generation, true, connector, tasks, null);
    }

    Entry withNextTasks(List<Map<String, String>> next) {
        return new Entry(name, wanted, generation, isEnding, connector, tasks, next);
    }

    Entry withTasks(List<Map<String, String>> started) {
        return new Entry(
                name,
                wanted,
                generation,
                isEnding,
                connector,
                started.stream().map(Unit::starting).toList(),
                null);
    }

    boolean hasLiveTask() {
        return tasks.stream().anyMatch(Unit::isAlive);
    }

    boolean isAlive() {
        return connector.isAlive() || hasLiveTask();
    }

    List<Map<String, String>> taskConfigs() {
        return tasks.stream().map(Unit::config).toList();
    }
}
