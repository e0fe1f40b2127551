package dev.sluice.runtime.task;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Divides the partitions of a sink's topics over its tasks: sorted, in turn. Pure but for what it asks the transport, so
 * that all tasks of a connector come to the same division.
 */
final class SinkAssignment {
    private SinkAssignment() {}

    /** Returns the partitions of one task as of now; topics that do not exist have none. */
    static Set<TopicPartition> partitions(Transport transport, ConnectorConfig settings, int taskIndex, int taskCount) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics(transport, settings)) {
            int count = transport.partitionCount(topic);
            for (int partition = 0; partition < count; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        }
        Set<TopicPartition> mine = new HashSet<>();
        for (int i = taskIndex; i < all.size(); i += taskCount) {
            mine.add(all.get(i));
        }
        return mine;
    }

    /** Returns the sink's topics, those of a list even where they do not exist yet. */
    private static Collection<String> topics(Transport transport, ConnectorConfig settings) {
        Optional<Pattern> regex = settings.topicsRegex();
        if (regex.isEmpty()) {
            return new TreeSet<>(settings.topics());
        }
        Pattern pattern = regex.get();
        TreeSet<String> matching = new TreeSet<>(transport.topics());
        matching.removeIf(topic -> !pattern.matcher(topic).matches());
        return matching;
    }
}
