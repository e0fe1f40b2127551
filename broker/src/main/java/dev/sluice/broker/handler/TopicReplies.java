package dev.sluice.broker.handler;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;

/** What the answers about topics and the cluster have in common. */
final class TopicReplies {
    private static final List<AclOperation> TOPIC_OPERATIONS = List.of(
            AclOperation.READ,
            AclOperation.WRITE,
            AclOperation.CREATE,
            AclOperation.DELETE,
            AclOperation.ALTER,
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.ALTER_CONFIGS);

    private static final List<AclOperation> CLUSTER_OPERATIONS = List.of(
            AclOperation.CREATE,
            AclOperation.ALTER,
            AclOperation.DESCRIBE,
            AclOperation.CLUSTER_ACTION,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.ALTER_CONFIGS,
            AclOperation.IDEMPOTENT_WRITE);

    private TopicReplies() {}

    /** Everybody may do everything with topics, as without an authorizer in Kafka. */
    static int topicOperations() {
        return bits(TOPIC_OPERATIONS);
    }

    static int clusterOperations() {
        return bits(CLUSTER_OPERATIONS);
    }

    private static int bits(List<AclOperation> operations) {
        int bits = 0;
        for (AclOperation operation : operations) {
            bits |= 1 << operation.code();
        }
        return bits;
    }

    static boolean isInternal(String topic) {
        return Topic.isInternal(topic);
    }
}
