package dev.sluice.runtime.control;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that happened. Each event knows what follows from it; see {@link Planner}. */
sealed interface Event {
    /** Returns what follows from this event in a state. Pure. */
    Plan apply(ClusterState state);

    /** A connector was found in the store when the worker started, with the tasks that it had. */
    record Restored(String name, StoredConnector connector, StoredTarget target, List<Map<String, String>> tasks)
            implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.restored(state, this);
        }
    }

    /** A connector's config was stored, and with it what it is wanted to do. */
    record Configured(String name, StoredConnector connector, StoredTarget target) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.configured(state, this);
        }
    }

    /** A connector's config was removed. */
    record Deleted(String name) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.deleted(state, name);
        }
    }

    /** What a connector is wanted to do was stored. */
    record Targeted(String name, StoredTarget target) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Targets.targeted(state, this);
        }
    }

    /** Somebody wants a connector and tasks of it to start anew, by index. */
    record RestartAsked(String name, Set<Integer> units) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Restarts.asked(state, this);
        }
    }

    /** The time of a planned start has come. */
    record RestartDue(TaskId id, long run) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Restarts.due(state, this);
        }
    }

    /** A connector said which tasks should run. */
    record TasksWanted(String name, long run, List<Map<String, String>> tasks) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.tasksWanted(state, this);
        }
    }

    /** A connector or task changed its state, without having failed. */
    record Changed(
            TaskId id, long run, RunState to, @Nullable String trace, long nowMillis) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.changed(state, this);
        }
    }

    /**
     * A connector or task failed.
     *
     * @param trace what happened, in a sentence, and the stack trace
     * @param category what can be done about it
     * @param coordinates the record that failed it, or null
     */
    record Failed(
            TaskId id,
            long run,
            String trace,
            ErrorCategory category,
            @Nullable String coordinates) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.failed(state, this);
        }
    }

    /**
     * The thread of a connector or task has ended, or was given up.
     *
     * @param chance a random number from 0 to below 1, for the pause before another start
     */
    record Ended(TaskId id, long run, long nowMillis, double chance) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.ended(state, this);
        }
    }
}
