package dev.sluice.runtime.store;

import dev.sluice.api.error.ConnectorException;
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
 *   connector-NAME       {"properties": {…}, "sluice.file": "…"}   the second field only where a file declared it
 *   task-NAME-N          {"properties": {…}}
 *   commit-NAME          {"tasks": n}                               ends a set of task configs
 *   target-state-NAME    {"state": "PAUSED", "state.v2": "STOPPED", "sluice.reason": "…"}
 *                                                                   the last field only where the worker decided so
 *   sluice-history-NAME  {"versions": [{"version": n, "time": ms, "origin": "…", "properties": {…}}, …]}
 *   sluice-epoch         {"epoch": n}                               counts the starts of workers, for task epochs
 *   sluice-format        {"version": n}                             of all internal topics
 * </pre>
 *
 * <p>What belongs together is written in one batch, which is in the log whole or not at all.
 */
public final class ConfigStore {
    private static final String CONNECTOR = "connector-";
    private static final String TASK = "task-";
    private static final String COMMIT = "commit-";
    private static final String EPOCH_KEY = "sluice-epoch";
    private static final String FORMAT_KEY = "sluice-format";
    private static final String PROPERTIES = "properties";
    private static final String FILE = "sluice.file";
    /** Raised whenever an older Sluice could misread what a newer one wrote into any of the internal topics. */
    private static final long FORMAT = 1;

    private final StateTopic<String, Map<String, @Nullable Object>> topic;
    private final Clock clock;

    private ConfigStore(StateTopic<String, Map<String, @Nullable Object>> topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * Reads the topic, creating it if it is missing. Blocks.
     *
     * @throws ConnectorException if a newer version wrote the internal topics, in a format that this one does not know
     */
    public static ConfigStore open(Transport transport, String topic, Clock clock) {
        ConfigStore store = new ConfigStore(StateTopic.open(transport, topic, new JsonByName(), clock), clock);
        store.requireKnownFormat(topic);
        return store;
    }

    private void requireKnownFormat(String name) {
        Map<String, @Nullable Object> stored = topic.get(FORMAT_KEY);
        long format = stored != null && stored.get("version") instanceof Long version ? version : 0;
        if (format > FORMAT) {
            throw new ConnectorException(
                    "Cannot read the internal topics: topic " + name + " says that they have format "
                            + format + ", and this version knows them up to " + FORMAT
                            + ". Start the newer version of Sluice that wrote them, or restore the backup from before.");
        }
        if (format < FORMAT) {
            topic.put(FORMAT_KEY, Map.of("version", FORMAT)).join();
        }
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

    /**
     * Stores a connector with one more version in its history, and what it is wanted to do; completes when all of it is in
     * the log, where it comes at once or not at all.
     *
     * @param origin what brought the settings, for the history
     */
    public CompletableFuture<Void> putConnector(
            String name, StoredConnector connector, StoredTarget target, String origin) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put(PROPERTIES, new TreeMap<>(connector.config()));
        if (connector.file() != null) {
            value.put(FILE, connector.file());
        }
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        // The target comes first: a connector that must not run is never in the log without it.
        if (!target(name).equals(target)) {
            entries.add(StoredTargets.entry(name, target));
        }
        entries.add(new StateTopic.Entry<>(CONNECTOR + name, value));
        entries.add(StoredHistory.entry(name, StoredHistory.with(history(name), connector, origin, clock.millis())));
        return topic.put(entries);
    }

    /** Returns the last settings of a connector, the newest last; empty for one that is not there. */
    public List<StoredVersion> history(String name) {
        return StoredHistory.read(topic.get(StoredHistory.key(name)));
    }

    /** Returns what a connector is wanted to do. */
    public StoredTarget target(String name) {
        return StoredTargets.read(topic.get(StoredTargets.key(name)));
    }

    /** Stores what a connector is wanted to do; completes when it is in the log. */
    public CompletableFuture<Void> putTarget(String name, StoredTarget target) {
        return topic.put(List.of(StoredTargets.entry(name, target)));
    }

    /** Returns the last full set of a connector's task configs; empty if there is none. */
    public List<Map<String, String>> tasks(String name) {
        Map<String, @Nullable Object> commit = topic.get(COMMIT + name);
        long count = commit != null && commit.get("tasks") instanceof Long tasks ? tasks : 0;
        List<Map<String, String>> found = new ArrayList<>();
        for (int task = 0; task < count; task++) {
            Map<String, @Nullable Object> value = topic.get(TASK + name + "-" + task);
            if (value == null) {
                return List.of();
            }
            found.add(properties(value));
        }
        return found;
    }

    /** Forgets a connector and its tasks. */
    public CompletableFuture<Void> removeConnector(String name) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        entries.add(new StateTopic.Entry<>(CONNECTOR + name, null));
        entries.addAll(taskRemovals(name));
        entries.add(new StateTopic.Entry<>(StoredTargets.key(name), null));
        entries.add(new StateTopic.Entry<>(StoredHistory.key(name), null));
        return topic.put(entries);
    }

    /** Forgets the tasks of a connector. */
    public CompletableFuture<Void> removeTasks(String name) {
        return topic.put(taskRemovals(name));
    }

    private List<StateTopic.Entry<String, Map<String, @Nullable Object>>> taskRemovals(String name) {
        List<StateTopic.Entry<String, Map<String, @Nullable Object>>> entries = removalsFrom(name, 0);
        entries.add(new StateTopic.Entry<>(COMMIT + name, null));
        return entries;
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

    static Map<String, String> properties(Map<String, @Nullable Object> value) {
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
