package dev.sluice.runtime.control;

import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Optional;

/** Starts connectors and tasks anew: because somebody asked, or by themselves after a failure. Pure, a part of {@link Planner}. */
final class Restarts {
    private Restarts() {}

    /** What lives is asked to end and starts again then; what does not starts at once. */
    static Plan asked(ClusterState state, Event.RestartAsked event) {
        Optional<Entry> found = state.entry(event.name());
        if (found.isEmpty() || found.get().isEnding() || found.get().target().state() == TargetState.STOPPED) {
            return Plan.nothing(state);
        }
        Plan plan = Plan.nothing(state);
        for (int index : event.units()) {
            plan = plan.then(restart(plan.next(), event.name(), index));
        }
        return plan;
    }

    private static Plan restart(ClusterState state, String name, int index) {
        Entry entry = state.entry(name).orElseThrow();
        Optional<Unit> found = entry.unit(index);
        if (found.isEmpty() || (entry.nextTasks() != null && index != TaskId.CONNECTOR)) {
            return Plan.nothing(state);
        }
        Unit unit = found.get().with(Recovery.NONE);
        if (!unit.isAlive()) {
            return startOrRest(state, entry.withUnit(index, unit), index);
        }
        Unit restarting = unit.restarting();
        return new Plan(
                state.with(entry.withUnit(index, restarting)),
                List.of(new Command.Publish(entry.id(index), restarting), new Command.Stop(List.of(entry.id(index)))));
    }

    /** Starts one that has no thread, or lets it rest where its connector is paused. */
    static Plan startOrRest(ClusterState state, Entry entry, int index) {
        Unit unit = entry.unit(index).orElseThrow();
        if (entry.target().state() != TargetState.STARTED) {
            Unit resting = Unit.resting(RunState.PAUSED, unit.config());
            return new Plan(
                    state.with(entry.withUnit(index, resting)), List.of(new Command.Publish(entry.id(index), resting)));
        }
        return start(state, entry, index, unit.recovery());
    }

    private static Plan start(ClusterState state, Entry entry, int index, Recovery recovery) {
        long run = state.lastRun() + 1;
        StoredConnector wanted = Planner.wanted(entry);
        Unit started = entry.unit(index).orElseThrow().started(run, recovery);
        if (index == TaskId.CONNECTOR) {
            return new Plan(
                    state.withRuns(1).with(entry.withConnectorStarted(started)),
                    List.of(
                            new Command.Publish(entry.id(index), started),
                            new Command.StartConnector(entry.name(), run, wanted)));
        }
        return new Plan(
                state.withRuns(1).with(entry.withUnit(index, started)),
                List.of(
                        new Command.Publish(entry.id(index), started),
                        new Command.StartTask(
                                entry.id(index),
                                run,
                                wanted,
                                started.config(),
                                entry.tasks().size())));
    }

    /** A thread ended with a failure: plans the next start, if the policy and the kind of failure allow one. */
    static Plan plan(ClusterState state, Entry entry, Event.Ended event) {
        int index = event.id().index();
        Unit unit = entry.unit(index).orElseThrow();
        Optional<RestartPolicy.Restart> restart = RestartPolicy.decide(
                ConnectorConfig.restarts(Planner.wanted(entry).config()),
                unit.recovery(),
                event.nowMillis(),
                event.chance());
        if (restart.isEmpty()) {
            return Plan.nothing(state.with(entry));
        }
        Unit planned = unit.with(unit.recovery().planned(restart.get()));
        return new Plan(
                state.with(entry.withUnit(index, planned)),
                List.of(new Command.RestartAt(
                        event.id(), event.run(), restart.get().atMillis())));
    }

    /** Where the connector is paused meanwhile, the start waits until it is resumed. */
    static Plan due(ClusterState state, Event.RestartDue event) {
        Optional<Entry> found = Planner.current(state, event.id(), event.run());
        if (found.isEmpty()) {
            return Plan.nothing(state);
        }
        Entry entry = found.get();
        Unit unit = entry.unit(event.id().index()).orElseThrow();
        boolean isDue = !unit.isAlive() && unit.recovery().isPlanned() && entry.nextTasks() == null;
        if (!isDue || entry.isEnding() || entry.target().state() != TargetState.STARTED) {
            return Plan.nothing(state);
        }
        return startPlanned(state, entry, event.id().index());
    }

    static Plan startPlanned(ClusterState state, Entry entry, int index) {
        return start(
                state, entry, index, entry.unit(index).orElseThrow().recovery().startedAgain());
    }
}
