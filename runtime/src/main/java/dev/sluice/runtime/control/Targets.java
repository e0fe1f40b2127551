package dev.sluice.runtime.control;

import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Optional;

/** Pauses, resumes and stops connectors. Pure, a part of {@link Planner}. */
final class Targets {
    private Targets() {}

    static Plan targeted(ClusterState state, Event.Targeted event) {
        Optional<Entry> found = state.entry(event.name());
        if (found.isEmpty() || found.get().wanted() == null) {
            return Plan.nothing(state);
        }
        Entry entry = found.get();
        TargetState before = entry.target().state();
        TargetState wanted = event.target().state();
        Entry retargeted = entry.with(event.target());
        if (entry.isEnding() || (before == wanted && wanted != TargetState.STARTED)) {
            return Plan.nothing(state.with(retargeted)); // What ends finds its target then.
        }
        return switch (wanted) {
            case STOPPED -> Planner.end(state, retargeted, entry.wanted(), event.target());
            case PAUSED -> before == TargetState.STOPPED ? rest(state, retargeted) : pause(state, retargeted);
            case STARTED -> resume(state, retargeted);
        };
    }

    /** A stopped connector that is paused has nothing to pause; it would start its tasks when it is resumed. */
    private static Plan rest(ClusterState state, Entry entry) {
        Unit resting = entry.connector().with(RunState.PAUSED, null);
        return new Plan(
                state.with(entry.withUnit(TaskId.CONNECTOR, resting)),
                List.of(new Command.Publish(TaskId.connector(entry.name()), resting)));
    }

    /** Threads idle; what has failed stays so. */
    private static Plan pause(ClusterState state, Entry entry) {
        return new Plan(state.with(entry), List.of(new Command.Pause(entry.live())));
    }

    /** Idle threads go on, and what rests without a thread starts; what failed for good stays so. */
    private static Plan resume(ClusterState state, Entry entry) {
        Plan plan = new Plan(state.with(entry), List.of(new Command.Resume(entry.live())));
        if (!entry.connector().isAlive() && isWaiting(entry.connector())) {
            // The connector says anew which tasks should run, and those that rest start then.
            return plan.then(start(plan.next(), entry, TaskId.CONNECTOR));
        }
        for (int index = 0; index < entry.tasks().size(); index++) {
            Unit task = entry.tasks().get(index);
            if (!task.isAlive() && isWaiting(task)) {
                plan = plan.then(
                        start(plan.next(), plan.next().entry(entry.name()).orElseThrow(), index));
            }
        }
        return plan;
    }

    private static Plan start(ClusterState state, Entry entry, int index) {
        return entry.unit(index).orElseThrow().isFailed()
                ? Restarts.startPlanned(state, entry, index)
                : Restarts.startOrRest(state, entry, index);
    }

    private static boolean isWaiting(Unit unit) {
        return !unit.isFailed() || unit.recovery().isPlanned();
    }
}
