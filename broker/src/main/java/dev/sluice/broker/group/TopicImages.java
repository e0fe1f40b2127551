package dev.sluice.broker.group;

import dev.sluice.broker.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;

/** Shows the topics to the coordinator as Kafka's metadata images. Belongs to the thread {@code groups}. */
final class TopicImages {
    private final int nodeId;
    private MetadataImage image = MetadataImage.EMPTY;
    private Map<String, Topic> shown = Map.of();

    TopicImages(int nodeId) {
        this.nodeId = nodeId;
    }

    /**
     * What changed, and all there is.
     *
     * @param delta the difference from the image before
     * @param image all topics
     */
    record Change(MetadataDelta delta, MetadataImage image) {}

    /** Compares with the topics that were shown last; empty where none came, went or grew. */
    Optional<Change> next(Map<String, Topic> topics) {
        MetadataDelta delta = new MetadataDelta.Builder().setImage(image).build();
        shown.values().stream().filter(old -> isGone(old, topics)).forEach(old -> remove(old, delta));
        topics.values().forEach(topic -> add(topic, delta));
        shown = topics;
        if (delta.topicsDelta() == null) {
            return Optional.empty();
        }
        long version = image.provenance().lastContainedOffset() + 1;
        image = delta.apply(new MetadataProvenance(version, 0, 0, true));
        return Optional.of(new Change(delta, image));
    }

    private static boolean isGone(Topic old, Map<String, Topic> topics) {
        Topic now = topics.get(old.name());
        return now == null || !now.id().equals(old.id());
    }

    private static void remove(Topic topic, MetadataDelta delta) {
        delta.replay(new RemoveTopicRecord().setTopicId(topic.id()));
    }

    private void add(Topic topic, MetadataDelta delta) {
        Topic before = shown.get(topic.name());
        int shownCount = before != null && before.id().equals(topic.id()) ? before.partitionCount() : 0;
        if (shownCount == 0) {
            delta.replay(new TopicRecord().setName(topic.name()).setTopicId(topic.id()));
        }
        for (int number = shownCount; number < topic.partitionCount(); number++) {
            delta.replay(new PartitionRecord()
                    .setTopicId(topic.id())
                    .setPartitionId(number)
                    .setReplicas(List.of(nodeId))
                    .setIsr(List.of(nodeId))
                    .setLeader(nodeId));
        }
    }
}
