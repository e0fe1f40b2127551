package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What should run, given what is wanted and what happened. Pure functions: no thread, no clock, no store.
 *
 * <p>Two rules hold throughout. A connector or task never runs twice: its successor starts only when its thread has ended
 * or was given up. And events that name an earlier generation change nothing.
 */
final class Planner {
    private Planner() {}

    static Plan configured(ClusterState state, String name, StoredConnector connector) {
        Optional<Entry> present = state.entry(name);
        if (present.isEmpty()) {
            return start(state, name, connector, 1);
        }
        return end(state, present.get(), connector);
    }

    static Plan deleted(ClusterState state, String name) {
        return state.entry(name).map(entry -> end(state, entry, null)).orElseGet(() -> Plan.nothing(state));
    }

    static Plan tasksWanted(ClusterState state, Event.TasksWanted event) {
        Optional<Entry> found = current(state, event.name(), event.generation());
        if (found.isEmpty() || found.get().isEnding()) {
            return Plan.nothing(state);
        }
        Entry entry = found.get();
        boolean isSame = entry.taskConfigs().equals(event.tasks()) && entry.nextTasks() == null;
        if (isSame && !event.tasks().isEmpty()) {
            return Plan.nothing(state);
        }
        if (!entry.hasLiveTask()) {
            return startTasks(state, entry, event.tasks());
        }
        return new Plan(
                state.with(entry.withNextTasks(event.tasks())),
                List.of(new Command.Stop(entry.name(), entry.generation(), liveTasks(entry))));
    }

    static Plan changed(ClusterState state, Event.Changed event) {
        Optional<Entry> found = current(state, event.id().connector(), event.generation());
        Optional<Unit> unit = found.flatMap(entry -> entry.unit(event.id().index()));
        if (found.isEmpty() || unit.isEmpty() || !unit.get().isAlive()) {
            return Plan.nothing(state);
        }
        Unit changed = unit.get().with(event.to(), event.trace());
        return new Plan(
                state.with(found.get().withUnit(event.id().index(), changed)),
                List.of(new Command.Publish(event.id(), event.generation(), changed)));
    }

    static Plan ended(ClusterState state, Event.Ended event) {
        Optional<Entry> found = current(state, event.id().connector(), event.generation());
        Optional<Unit> unit = found.flatMap(entry -> entry.unit(event.id().index()));
        if (found.isEmpty() || unit.isEmpty()) {
            return Plan.nothing(state);
        }
        Entry entry = found.get().withUnit(event.id().index(), unit.get().ended());
        if (entry.isEnding()) {
            return entry.isAlive() ? Plan.nothing(state.with(entry)) : afterEnd(state, entry);
        }
        List<Map<String, String>> next = entry.nextTasks();
        if (next != null && !entry.hasLiveTask()) {
            return startTasks(state, entry, next);
        }
        return Plan.nothing(state.with(entry));
    }

    private static Plan end(ClusterState state, Entry entry, @Nullable StoredConnector wanted) {
        Entry ending = entry.ending(wanted);
        if (!entry.isAlive()) {
            return afterEnd(state, ending);
        }
        List<TaskId> units = liveTasks(entry);
        if (entry.connector().isAlive()) {
            units.add(TaskId.connector(entry.name()));
        }
        return new Plan(state.with(ending), List.of(new Command.Stop(entry.name(), entry.generation(), units)));
    }

    private static Plan afterEnd(ClusterState state, Entry entry) {
        StoredConnector wanted = entry.wanted();
        return wanted == null
                ? new Plan(state.without(entry.name()), List.of(new Command.Forget(entry.name())))
                : start(state, entry.name(), wanted, entry.generation() + 1);
    }

    private static Plan start(ClusterState state, String name, StoredConnector connector, long generation) {
        Entry entry = Entry.starting(name, connector, generation);
        return new Plan(
                state.with(entry),
                List.of(
                        new Command.Publish(TaskId.connector(name), generation, entry.connector()),
                        new Command.StartConnector(name, generation, connector)));
    }

    private static Plan startTasks(ClusterState state, Entry entry, List<Map<String, String>> tasks) {
        StoredConnector wanted = entry.wanted();
        if (wanted == null) {
            throw new IllegalStateException("connector " + entry.name() + " starts tasks but is not wanted");
        }
        return new Plan(
                state.with(entry.withTasks(tasks)),
                List.of(new Command.StartTasks(entry.name(), entry.generation(), wanted, tasks)));
    }

    private static List<TaskId> liveTasks(Entry entry) {
        List<TaskId> live = new ArrayList<>();
        for (int i = 0; i < entry.tasks().size(); i++) {
            if (entry.tasks().get(i).isAlive()) {
                live.add(new TaskId(entry.name(), i));
            }
        }
        return live;
    }

    private static Optional<Entry> current(ClusterState state, String name, long generation) {
        return state.entry(name).filter(entry -> entry.generation() == generation);
    }
}
