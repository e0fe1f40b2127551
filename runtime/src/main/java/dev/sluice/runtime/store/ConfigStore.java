package dev.sluice.runtime.store;

import dev.sluice.runtime.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Connector and task configs in Kafka Connect's config topic.
 *
 * <pre>
 *   connector-NAME   {"properties": {…}, "sluice.file": "…"}   the second field only where a file declared it
 *   task-NAME-N      {"properties": {…}}
 *   commit-NAME      {"tasks": n}                               ends a set of task configs
 *   sluice-epoch     {"epoch": n}                               counts the starts of workers, for task epochs
 * </pre>
 */
public final class ConfigStore {
    private static final String CONNECTOR = "connector-";
    private static final String TASK = "task-";
    private static final String COMMIT = "commit-";
    private static final String EPOCH_KEY = "sluice-epoch";
    private static final String PROPERTIES = "properties";
    private static final String FILE = "sluice.file";

    private final StateTopic<String, Map<String, @Nullable Object>> topic;

    private ConfigStore(StateTopic<String, Map<String, @Nullable Object>> topic) {
        this.topic = topic;
    }

    /** Reads the topic, creating it if it is missing. Blocks. */
    public static ConfigStore open(Transport transport, String topic, Clock clock) {
        return new ConfigStore(StateTopic.open(transport, topic, new JsonByName(), clock));
    }

    /** Returns all connectors by name. */
    public Map<String, StoredConnector> connectors() {
        Map<String, StoredConnector> found = new TreeMap<>();
        topic.snapshot().forEach((key, value) -> {
            if (key.startsWith(CONNECTOR)) {
                Object file = value.get(FILE);
                found.put(
                        key.substring(CONNECTOR.length()),
                        new StoredConnector(properties(value), file == null ? null : file.toString()));
            }
        });
        return found;
    }

    /** Stores a connector; completes when it is in the log. */
    public CompletableFuture<Void> putConnector(String name, StoredConnector connector) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put(PROPERTIES, new TreeMap<>(connector.config()));
        if (connector.file() != null) {
            value.put(FILE, connector.file());
        }
        return topic.put(CONNECTOR + name, value);
    }

    /** Forgets a connector and its tasks. */
    public CompletableFuture<Void> removeConnector(String name) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        entries.add(new StateTopic.Entry<>(CONNECTOR + name, null));
        entries.addAll(removalsFrom(name, 0));
        entries.add(new StateTopic.Entry<>(COMMIT + name, null));
        return topic.put(entries);
    }

    private List<StateTopic.Entry<String, Map<String, @Nullable Object>>> removalsFrom(String name, int firstTask) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> removals = new ArrayList<>();
        for (int task = firstTask; topic.get(TASK + name + "-" + task) != null; task++) {
            removals.add(new StateTopic.Entry<>(TASK + name + "-" + task, null));
        }
        return removals;
    }

    /**
     * Stores a full set of task configs in one batch, in Kafka Connect's order: tasks, then the commit. Tasks beyond them
     * are removed.
     */
    public CompletableFuture<Void> putTasks(String name, List<Map<String, String>> tasks) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            entries.add(new StateTopic.Entry<>(
                    TASK + name + "-" + task, Map.of(PROPERTIES, new TreeMap<>(tasks.get(task)))));
        }
        entries.addAll(removalsFrom(name, tasks.size()));
        entries.add(new StateTopic.Entry<>(COMMIT + name, Map.of("tasks", (long) tasks.size())));
        return topic.put(entries);
    }

    /** Counts one more start of a worker; returns the count once it is in the log. */
    public CompletableFuture<Long> nextEpoch() {
        Map<String, @Nullable Object> last = topic.get(EPOCH_KEY);
        long next = last != null && last.get("epoch") instanceof Long epoch ? epoch + 1 : 1;
        return topic.put(EPOCH_KEY, Map.of("epoch", next)).thenApply(done -> next);
    }

    private static Map<String, String> properties(Map<String, @Nullable Object> value) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (value.get(PROPERTIES) instanceof Map<?, ?> map) {
            map.forEach((key, text) -> {
                if (text != null) {
                    properties.put(String.valueOf(key), text.toString());
                }
            });
        }
        return properties;
    }

    /** Keys are plain text, values JSON objects. */
    static final class JsonByName implements StateCodec<String, Map<String, @Nullable Object>> {
        @Override
        public byte[] keyBytes(String key) {
            return key.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] valueBytes(Map<String, @Nullable Object> value) {
            return Json.bytes(value);
        }

        @Override
        public String key(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, @Nullable Object> value(byte[] bytes) throws IOException {
            return Json.map(bytes);
        }
    }
}
