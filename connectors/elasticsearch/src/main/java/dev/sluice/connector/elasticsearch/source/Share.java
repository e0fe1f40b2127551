package dev.sluice.connector.elasticsearch.source;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which shards a task reads.
 *
 * @param task the task, from 0
 * @param count how many tasks share the work
 */
public record Share(int task, int count) {
    private static final ConfigKey<Integer> TASK = ConfigKey.integer("sluice.task")
            .defaultsTo(0)
            .check(Check.atLeast(0))
            .doc("The number of the task; set by the connector.");

    private static final ConfigKey<Integer> COUNT = ConfigKey.integer("sluice.task.count")
            .defaultsTo(1)
            .check(Check.atLeast(1))
            .doc("How many tasks share the shards; set by the connector.");

    /** What the connector adds to the settings of its tasks. */
    public static final ConfigSpec SPEC = ConfigSpec.of(TASK, COUNT);

    static Share of(Config config) {
        return new Share(config.get(TASK), config.get(COUNT));
    }

    /** Returns the settings of so many tasks. */
    public static List<Map<String, String>> divide(Map<String, String> settings, int count) {
        return IntStream.range(0, count)
                .mapToObj(task -> {
                    Map<String, String> own = new HashMap<>(settings);
                    own.put(TASK.name(), Integer.toString(task));
                    own.put(COUNT.name(), Integer.toString(count));
                    return own;
                })
                .toList();
    }

    boolean has(Shard shard) {
        return shard.share(count) == task;
    }
}
