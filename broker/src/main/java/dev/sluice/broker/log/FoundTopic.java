package dev.sluice.broker.log;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic as its folders show it.
 *
 * @param partitionCount one more than the highest partition number found
 * @param id the id in its folders; the zero id where none can be read
 */
public record FoundTopic(int partitionCount, Uuid id) {
    static Map<String, FoundTopic> in(Map<TopicPartition, Path> folders) {
        Map<String, FoundTopic> found = new TreeMap<>();
        folders.forEach((partition, folder) -> {
            Uuid id = PartitionFolders.topicId(folder).orElse(Uuid.ZERO_UUID);
            found.merge(partition.topic(), new FoundTopic(partition.partition() + 1, id), FoundTopic::join);
        });
        return found;
    }

    private static FoundTopic join(FoundTopic left, FoundTopic right) {
        Uuid id = left.id.equals(Uuid.ZERO_UUID) ? right.id : left.id;
        return new FoundTopic(Math.max(left.partitionCount, right.partitionCount), id);
    }
}
