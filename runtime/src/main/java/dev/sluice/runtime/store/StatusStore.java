package dev.sluice.runtime.store;

import dev.sluice.runtime.transport.Transport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Connect's status topic holds: {@code status-connector-NAME}, {@code status-task-NAME-N}, and for each topic that a
 * connector used {@code status-topic-TOPIC:connector-NAME}.
 */
public final class StatusStore {
    private static final String CONNECTOR = "status-connector-";
    private static final String TASK = "status-task-";
    private static final String TOPIC = "status-topic-";
    private static final String OF_CONNECTOR = ":connector-";

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

    /** Notes that a connector uses a topic. */
    CompletableFuture<Void> putTopic(String connector, int task, String name, long discoveredMillis) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("name", name);
        value.put("connector", connector);
        value.put("task", task);
        value.put("discoverTimestamp", discoveredMillis);
        return topic.put(topicKey(connector, name), Map.of("topic", value));
    }

    boolean hasTopic(String connector, String name) {
        return topic.get(topicKey(connector, name)) != null;
    }

    /** Returns the topics that a connector used, sorted. */
    Set<String> topics(String connector) {
        Set<String> names = new TreeSet<>();
        topic.snapshot().keySet().stream()
                .filter(key -> isTopicOf(key, connector))
                .forEach(key -> names.add(key.substring(TOPIC.length(), key.indexOf(':'))));
        return names;
    }

    /** Forgets the topics that a connector used. */
    CompletableFuture<Void> removeTopics(String connector) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = topicRemovals(connector);
        return entries.isEmpty() ? CompletableFuture.completedFuture(null) : topic.put(entries);
    }

    private List<StateTopic.Entry<String, Map<String, @Nullable Object>>> topicRemovals(String connector) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        for (String name : topics(connector)) {
            entries.add(new StateTopic.Entry<>(topicKey(connector, name), null));
        }
        return entries;
    }

    private static String topicKey(String connector, String name) {
        return TOPIC + name + OF_CONNECTOR + connector;
    }

    /** A connector's name may hold anything, a topic's no colon: the first one ends it. */
    private static boolean isTopicOf(String key, String connector) {
        int end = key.indexOf(':');
        return key.startsWith(TOPIC) && end >= 0 && key.substring(end).equals(OF_CONNECTOR + connector);
    }

    /** Removes the statuses of a connector and its tasks, and the topics that it used. */
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
        if (connectorToo) {
            entries.addAll(topicRemovals(name));
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
