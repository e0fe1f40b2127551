package dev.sluice.broker.topic;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic to create.
 *
 * @param name letters, digits, dots, dashes and underscores, at most 249
 * @param partitionCount its partitions, or null for {@code num.partitions}
 * @param settings what it sets itself, under Kafka's topic keys
 */
public record NewTopic(String name, @Nullable Integer partitionCount, Map<String, String> settings) {
    public NewTopic {
        settings = Map.copyOf(settings);
    }

    /**
     * A topic with all defaults.
     *
     * @param name its name
     * @return the topic to create
     */
    public static NewTopic named(String name) {
        return new NewTopic(name, null, Map.of());
    }

    /**
     * The same with a number of partitions.
     *
     * @param newCount at least 1
     * @return the topic to create
     */
    public NewTopic withPartitions(int newCount) {
        return new NewTopic(name, newCount, settings);
    }

    /**
     * The same with one more setting.
     *
     * @param key Kafka's topic key
     * @param value its text
     * @return the topic to create
     */
    public NewTopic withSetting(String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return new NewTopic(name, partitionCount, more);
    }
}
