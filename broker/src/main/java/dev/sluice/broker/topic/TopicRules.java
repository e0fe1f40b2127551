package dev.sluice.broker.topic;

import dev.sluice.broker.BrokerException;
import java.util.Collection;
import org.apache.kafka.common.errors.InvalidTopicException;

/** Kafka's rules for names and numbers of partitions. */
final class TopicRules {
    /** More than this on one machine is a mistake: each partition keeps files open. */
    static final int PARTITIONS_MAX = 10_000;

    private TopicRules() {}

    static void checkName(String name, Collection<String> others) {
        try {
            org.apache.kafka.common.internals.Topic.validate(name);
        } catch (InvalidTopicException e) {
            throw new BrokerException.InvalidTopic("Cannot create topic '" + name + "': " + e.getMessage()
                    + ". Use letters, digits, '.', '_' and '-', at most 249 of them.");
        }
        for (String other : others) {
            if (!other.equals(name) && org.apache.kafka.common.internals.Topic.hasCollision(name, other)) {
                throw new BrokerException.InvalidTopic("Cannot create topic '" + name + "': it differs from topic '"
                        + other + "' only in '.' and '_', which metric names do not tell apart. Choose another name.");
            }
        }
    }

    static void checkPartitionCount(String name, int partitionCount) {
        if (partitionCount < 1 || partitionCount > PARTITIONS_MAX) {
            throw new BrokerException.InvalidTopic("Cannot create topic '" + name + "' with " + partitionCount
                    + " partitions: must be from 1 to " + PARTITIONS_MAX + ".");
        }
    }

    static void checkGrowth(Topic topic, int partitionCount) {
        checkPartitionCount(topic.name(), partitionCount);
        if (partitionCount <= topic.partitionCount()) {
            throw new BrokerException.InvalidTopic("Cannot change topic '" + topic.name() + "' to " + partitionCount
                    + " partitions: it has " + topic.partitionCount() + ", and partitions are only ever added.");
        }
    }
}
