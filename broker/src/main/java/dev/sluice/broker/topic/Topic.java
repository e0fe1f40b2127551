package dev.sluice.broker.topic;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * A topic.
 *
 * @param name its name
 * @param id drawn when it was created; a topic created again under the same name has another
 * @param partitionCount its partitions are numbered from 0 to one less
 * @param settings what it sets itself, under Kafka's topic keys, sorted
 */
public record Topic(String name, Uuid id, int partitionCount, Map<String, String> settings) {
    public Topic {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    Topic withPartitionCount(int newCount) {
        return new Topic(name, id, newCount, settings);
    }

    Topic withSettings(Map<String, String> newSettings) {
        return new Topic(name, id, partitionCount, newSettings);
    }
}
