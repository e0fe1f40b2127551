package dev.sluice.runtime.transport;

import java.util.Map;

/**
 * What a new topic should be like.
 *
 * @param partitionCount the number of partitions, or empty-handed {@link #DEFAULT} for the broker's default
 * @param configs topic settings in Kafka's names, such as {@code cleanup.policy}
 */
public record TopicSettings(int partitionCount, Map<String, String> configs) {
    /** Asks for the broker's default number of partitions. */
    public static final int DEFAULT = -1;
    /** The broker's defaults throughout. */
    public static final TopicSettings DEFAULTS = new TopicSettings(DEFAULT, Map.of());
    /** One partition that keeps the newest record of each key. */
    public static final TopicSettings COMPACTED = new TopicSettings(1, Map.of("cleanup.policy", "compact"));

    /** Copies the settings in. */
    public TopicSettings {
        configs = Map.copyOf(configs);
    }
}
