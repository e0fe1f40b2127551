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
 * What should run, given what is wanted and what happened. Pure functions: no thread, no clock, no store.
 *
 * <p>Two rules hold throughout. A connector or task never runs twice: its successor starts only when its thread has ended
 * or was given up. And events that name an earlier run change nothing.
 */
final class Planner {
    private Planner() {}

    /** What is there already as it is stored goes on undisturbed. */
    static Plan restored(ClusterState state, Event.Restored event) {
        Optional<Entry> present = state.entry(event.name());
        if (present.filter(entry -> entry.isWanted(event.connector(), event.target()))
                .isPresent()) {
            return Plan.nothing(state);
        }
        if (present.isPresent() || event.target().state() == TargetState.STARTED) {
            return configured(state, new Event.Configured(event.name(), event.connector(), event.target()));
        }
        Entry entry = Entry.resting(event.name(), event.connector(), event.target(), event.tasks());
        return new Plan(state.with(entry), published(entry));
    }

    static Plan configured(ClusterState state, Event.Configured event) {
        Optional<Entry> present = state.entry(event.name());
        Entry entry =
                present.orElseGet(() -> Entry.resting(event.name(), event.connector(), event.target(), List.of()));
        return end(state, entry, event.connector(), event.target());
    }

    static Plan deleted(ClusterState state, String name) {
        return state.entry(name)
                .map(entry -> end(state, entry, null, entry.target()))
                .orElseGet(() -> Plan.nothing(state));
    }

    static Plan tasksWanted(ClusterState state, Event.TasksWanted event) {
        Optional<Entry> found = current(state, TaskId.connector(event.name()), event.run());
        if (found.isEmpty() || found.get().isEnding()) {
            return Plan.nothing(state);
        }
        Entry entry = found.get();
        boolean isSame = entry.taskConfigs().equals(event.tasks()) && entry.nextTasks() == null;
        boolean isResting = entry.tasks().stream().anyMatch(task -> !task.isAlive() && !task.isFailed());
        if (isSame && !event.tasks().isEmpty() && !isResting) {
            return Plan.nothing(state.with(entry.withTasks(entry.tasks())));
        }
        if (!entry.hasLiveTask()) {
            return startTasks(state, entry, event.tasks());
        }
        return new Plan(state.with(entry.withNextTasks(event.tasks())), List.of(new Command.Stop(entry.liveTasks())));
    }

    static Plan changed(ClusterState state, Event.Changed event) {
        Optional<Entry> found = current(state, event.id(), event.run());
        if (found.isEmpty()) {
            return Plan.nothing(state);
        }
        Unit unit = found.get().unit(event.id().index()).orElseThrow();
        boolean isOver = !unit.isAlive() || unit.isFailed() || unit.startsAgain();
        if (isOver) {
            return Plan.nothing(state);
        }
        Unit changed = unit.with(event.to(), event.trace());
        if (event.to() == RunState.RUNNING && unit.recovery().runningSinceMillis() == 0) {
            changed = changed.with(unit.recovery().running(event.nowMillis()));
        }
        return published(state, found.get(), event.id(), changed);
    }

    /** What failed is asked to stop all the same: should its {@code stop} hang, it is given up after a time. */
    static Plan failed(ClusterState state, Event.Failed event) {
        Optional<Entry> found = current(state, event.id(), event.run());
        Optional<Unit> unit = found.flatMap(entry -> entry.unit(event.id().index()));
        if (found.isEmpty() || unit.isEmpty() || !unit.get().isAlive()) {
            return Plan.nothing(state);
        }
        Unit failed = unit.get()
                .with(RunState.FAILED, event.trace())
                .with(unit.get().recovery().failed(event.category(), event.coordinates()));
        return published(state, found.get(), event.id(), failed).and(new Command.Stop(List.of(event.id())));
    }

    static Plan ended(ClusterState state, Event.Ended event) {
        Optional<Entry> found = current(state, event.id(), event.run());
        if (found.isEmpty()) {
            return Plan.nothing(state);
        }
        int index = event.id().index();
        Unit unit = found.get().unit(index).orElseThrow();
        Entry entry = found.get().withUnit(index, unit.ended());
        if (entry.isEnding()) {
            return entry.isAlive() ? Plan.nothing(state.with(entry)) : afterEnd(state, entry);
        }
        List<Map<String, String>> next = entry.nextTasks();
        if (next != null && index != TaskId.CONNECTOR) {
            return entry.hasLiveTask() ? Plan.nothing(state.with(entry)) : startTasks(state, entry, next);
        }
        if (unit.startsAgain()) {
            return Restarts.startOrRest(state, entry, index);
        }
        return unit.isFailed() ? Restarts.plan(state, entry, event) : Plan.nothing(state.with(entry));
    }

    /** Ends all threads of a connector; what comes then follows from what is wanted. */
    static Plan end(ClusterState state, Entry entry, @Nullable StoredConnector wanted, StoredTarget target) {
        Entry ending = entry.ending(wanted, target);
        if (!entry.isAlive()) {
            return afterEnd(state, ending);
        }
        return new Plan(state.with(ending), List.of(new Command.Stop(entry.live())));
    }

    private static Plan afterEnd(ClusterState state, Entry entry) {
        StoredConnector wanted = entry.wanted();
        if (wanted == null) {
            return new Plan(state.without(entry.name()), List.of(new Command.Forget(entry.name())));
        }
        if (entry.target().state() == TargetState.STARTED) {
            return start(state, entry.name(), wanted);
        }
        Entry resting = Entry.resting(entry.name(), wanted, entry.target(), entry.taskConfigs());
        Plan plan = new Plan(state.with(resting), published(resting));
        return entry.target().state() == TargetState.STOPPED ? plan.and(new Command.ForgetTasks(entry.name())) : plan;
    }

    static Plan start(ClusterState state, String name, StoredConnector connector) {
        long run = state.lastRun() + 1;
        Entry entry = Entry.starting(name, connector, run);
        return new Plan(
                state.withRuns(1).with(entry),
                List.of(
                        new Command.Publish(TaskId.connector(name), entry.connector()),
                        new Command.StartConnector(name, run, connector)));
    }

    /** Starts tasks with new settings, or lets them rest where the connector is paused. */
    private static Plan startTasks(ClusterState state, Entry entry, List<Map<String, String>> tasks) {
        StoredConnector wanted = wanted(entry);
        if (entry.target().state() != TargetState.STARTED) {
            List<Unit> resting = tasks.stream()
                    .map(config -> Unit.resting(RunState.PAUSED, config))
                    .toList();
            return Plan.nothing(state.with(entry.withTasks(resting)));
        }
        long first = state.lastRun() + 1;
        List<Unit> started = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            started.add(Unit.starting(first + i, tasks.get(i)));
        }
        return new Plan(
                state.withRuns(tasks.size()).with(entry.withTasks(started)),
                List.of(new Command.StartTasks(entry.name(), first, wanted, tasks)));
    }

    static StoredConnector wanted(Entry entry) {
        StoredConnector wanted = entry.wanted();
        if (wanted == null) {
            throw new IllegalStateException("connector " + entry.name() + " starts something but is not wanted");
        }
        return wanted;
    }

    private static Plan published(ClusterState state, Entry entry, TaskId id, Unit unit) {
        return new Plan(state.with(entry.withUnit(id.index(), unit)), List.of(new Command.Publish(id, unit)));
    }

    private static List<Command> published(Entry entry) {
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.Publish(TaskId.connector(entry.name()), entry.connector()));
        for (int i = 0; i < entry.tasks().size(); i++) {
            commands.add(new Command.Publish(entry.id(i), entry.tasks().get(i)));
        }
        return commands;
    }

    /** The connector whose unit of that id is in that very run. */
    static Optional<Entry> current(ClusterState state, TaskId id, long run) {
        return state.entry(id.connector())
                .filter(entry ->
                        entry.unit(id.index()).filter(unit -> unit.run() == run).isPresent());
    }
}
