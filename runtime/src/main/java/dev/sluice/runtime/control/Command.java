package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Map;

/** What the plan wants done. Commands are carried out in order, on the herder's own thread. */
sealed interface Command {
    /** Starts a connector's own thread. */
    record StartConnector(String name, long run, StoredConnector connector) implements Command {}

    /** Stores the settings of all tasks, then starts a thread for each; task n is run {@code firstRun + n}. */
    record StartTasks(String name, long firstRun, StoredConnector connector, List<Map<String, String>> tasks)
            implements Command {}

    /** Starts a thread for one task whose settings are stored. */
    record StartTask(TaskId id, long run, StoredConnector connector, Map<String, String> config, int taskCount)
            implements Command {}

    /** Asks threads to stop; those that do not are given up after the shutdown time. */
    record Stop(List<TaskId> units) implements Command {}

    /** Lets threads idle. */
    record Pause(List<TaskId> units) implements Command {}

    /** Lets idle threads go on. */
    record Resume(List<TaskId> units) implements Command {}

    /** Brings the time of a planned start to the planner when it has come. */
    record RestartAt(TaskId id, long run, long atMillis) implements Command {}

    /** Publishes a status. */
    record Publish(TaskId id, Unit unit) implements Command {}

    /** Forgets the settings and statuses of the tasks of a stopped connector. */
    record ForgetTasks(String name) implements Command {}

    /** Forgets the statuses of a deleted connector. */
    record Forget(String name) implements Command {}
}
