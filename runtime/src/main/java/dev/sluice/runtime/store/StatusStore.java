package dev.sluice.runtime.store;

import dev.sluice.runtime.transport.Transport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Statuses in Kafka Connect's status topic: {@code status-connector-NAME} and {@code status-task-NAME-N}. */
public final class StatusStore {
    private static final String CONNECTOR = "status-connector-";
    private static final String TASK = "status-task-";

    private final StateTopic<String, Map<String, @Nullable Object>> topic;

    private StatusStore(StateTopic<String, Map<String, @Nullable Object>> topic) {
        this.topic = topic;
    }

    /** Reads the topic, creating it if it is missing. Blocks. */
    public static StatusStore open(Transport transport, String topic, Clock clock) {
        return new StatusStore(StateTopic.open(transport, topic, new ConfigStore.JsonByName(), clock));
    }

    /** Publishes a connector's status. */
    public CompletableFuture<Void> putConnector(String name, StoredStatus status) {
        return topic.put(CONNECTOR + name, value(status));
    }

    /** Publishes a task's status. */
    public CompletableFuture<Void> putTask(String name, int task, StoredStatus status) {
        return topic.put(TASK + name + "-" + task, value(status));
    }

    /** Removes the statuses of a connector and its tasks. */
    public CompletableFuture<Void> remove(String name) {
        return remove(name, 0, true);
    }

    /** Removes the statuses of tasks that are no longer there. */
    public CompletableFuture<Void> removeTasksFrom(String name, int firstTask) {
        return remove(name, firstTask, false);
    }

    private CompletableFuture<Void> remove(String name, int firstTask, boolean connectorToo) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        if (connectorToo && topic.get(CONNECTOR + name) != null) {
            entries.add(new StateTopic.Entry<>(CONNECTOR + name, null));
        }
        for (int task = firstTask; topic.get(TASK + name + "-" + task) != null; task++) {
            entries.add(new StateTopic.Entry<>(TASK + name + "-" + task, null));
        }
        return entries.isEmpty() ? CompletableFuture.completedFuture(null) : topic.put(entries);
    }

    private static Map<String, @Nullable Object> value(StoredStatus status) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("state", status.state());
        value.put("trace", status.trace());
        value.put("worker_id", status.workerId());
        value.put("generation", status.generation());
        value.put("version", status.version());
        return value;
    }
}
