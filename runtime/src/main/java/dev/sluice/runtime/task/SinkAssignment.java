package dev.sluice.runtime.task;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.transport.Transport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.regex.Pattern;

/**
 * Divides the partitions of a sink's topics over its tasks. Each partition's task follows from its own name and number (and
 * from the list of topics, which is fixed): topics and partitions that are added later never move those that are there,
 * so that no two tasks ever write the same partition.
 */
public final class SinkAssignment {
    /** Kafka's own topics, which nobody subscribes to by pattern. */
    private static final String INTERNAL = "__";

    private SinkAssignment() {}

    /** Returns all partitions that a sink reads as of now; topics that do not exist have none. */
    public static Set<TopicPartition> all(Transport transport, ConnectorConfig settings) {
        return partitions(transport, settings, 0, 1);
    }

    /** Returns the partitions of one task as of now; topics that do not exist have none. */
    static Set<TopicPartition> partitions(Transport transport, ConnectorConfig settings, int taskIndex, int taskCount) {
        Set<TopicPartition> mine = new HashSet<>();
        forEach(transport, settings, taskCount, (partition, task) -> {
            if (task == taskIndex) {
                mine.add(partition);
            }
        });
        return mine;
    }

    /** Tells each partition of a sink as of now, and the index of the task that reads it. */
    public static void forEach(
            Transport transport, ConnectorConfig settings, int taskCount, ObjIntConsumer<TopicPartition> action) {
        topics(transport, settings).forEach((topic, firstTask) -> {
            int count = transport.partitionCount(topic);
            for (int partition = 0; partition < count; partition++) {
                action.accept(new TopicPartition(topic, partition), Math.floorMod(firstTask + partition, taskCount));
            }
        });
    }

    /** Returns the sink's topics, those of a list even where they do not exist yet, with the task of partition 0. */
    private static Map<String, Integer> topics(Transport transport, ConnectorConfig settings) {
        Map<String, Integer> firstTasks = new HashMap<>();
        Optional<Pattern> regex = settings.topicsRegex();
        if (regex.isEmpty()) {
            new TreeSet<>(settings.topics()).forEach(topic -> firstTasks.put(topic, firstTasks.size()));
            return firstTasks;
        }
        Pattern pattern = regex.get();
        Set<String> ofWorker = settings.storageTopics(); // They hold what no sink shall carry out, such as settings.
        for (String topic : transport.topics()) {
            if (!topic.startsWith(INTERNAL)
                    && !ofWorker.contains(topic)
                    && pattern.matcher(topic).matches()) {
                firstTasks.put(topic, topic.hashCode() & 0xFFFF);
            }
        }
        return firstTasks;
    }
}
