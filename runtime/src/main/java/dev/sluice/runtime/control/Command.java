package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Map;

/** What the plan wants done. Commands are carried out in order, on the herder's own thread. */
sealed interface Command {
    /** Starts a connector's own thread. */
    record StartConnector(String name, long generation, StoredConnector connector) implements Command {}

    /** Stores the tasks' settings, then starts a thread for each. */
    record StartTasks(String name, long generation, StoredConnector connector, List<Map<String, String>> tasks)
            implements Command {}

    /** Asks threads to stop; those that do not are given up after the shutdown time. */
    record Stop(String name, long generation, List<TaskId> units) implements Command {}

    /** Publishes a status. */
    record Publish(TaskId id, long generation, Unit unit) implements Command {}

    /** Forgets the statuses of a deleted connector. */
    record Forget(String name) implements Command {}
}
