package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened. Each event knows what follows from it; see {@link Planner}. */
sealed interface Event {
    /** Returns what follows from this event in a state. Pure. */
    Plan apply(ClusterState state);

    /** A connector's config was stored. */
    record Configured(String name, StoredConnector connector) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.configured(state, name, connector);
        }
    }

    /** A connector's config was removed. */
    record Deleted(String name) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.deleted(state, name);
        }
    }

    /** A connector said which tasks should run. */
    record TasksWanted(String name, long generation, List<Map<String, String>> tasks) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.tasksWanted(state, this);
        }
    }

    /** A connector or task changed its state. */
    record Changed(
            TaskId id,
            long generation,
            RunState to,
            @Nullable String trace) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.changed(state, this);
        }
    }

    /** The thread of a connector or task has ended, or was given up. */
    record Ended(TaskId id, long generation) implements Event {
        @Override
        public Plan apply(ClusterState state) {
            return Planner.ended(state, this);
        }
    }
}
