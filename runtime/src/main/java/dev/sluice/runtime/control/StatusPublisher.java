package dev.sluice.runtime.control;

import dev.sluice.runtime.store.StatusStore;
import dev.sluice.runtime.store.StoredStatus;
import dev.sluice.runtime.task.TaskId;
import java.util.function.Function;

/**
 * Writes statuses where others can read them. Blocks until the log has them; for the herder's thread.
 *
 * @param statuses the topic
 * @param workerId the worker's address
 * @param versions gives the version of a connector's plugin by the connector's name
 */
record StatusPublisher(StatusStore statuses, String workerId, Function<String, String> versions) {
    void publish(TaskId id, Unit unit) {
        StoredStatus status = new StoredStatus(
                unit.state().name(), unit.trace(), workerId, unit.run(), versions.apply(id.connector()));
        if (id.isConnector()) {
            statuses.putConnector(id.connector(), status).join();
        } else {
            statuses.putTask(id.connector(), id.index(), status).join();
        }
    }

    /** Forgets the statuses of tasks that are no longer there. */
    void forgetTasksFrom(String connector, int firstTask) {
        statuses.removeTasksFrom(connector, firstTask).join();
    }

    /** Forgets the statuses of a connector and its tasks. */
    void forget(String connector) {
        statuses.remove(connector).join();
    }
}
