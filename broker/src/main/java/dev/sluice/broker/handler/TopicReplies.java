package dev.sluice.broker.handler;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;

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

    /** One node can hold one replica; more are refused as by a Kafka of one node. */
    static void checkReplicationFactor(Backend backend, int wanted) {
        if (wanted < 1) {
            throw Errors.INVALID_REPLICATION_FACTOR.exception("Replication factor must be larger than 0.");
        }
        if (wanted > 1 && !backend.config().acceptsAnyReplicationFactor()) {
            throw Errors.INVALID_REPLICATION_FACTOR.exception("Unable to replicate the partition " + wanted
                    + " time(s): The target replication factor of " + wanted
                    + " cannot be reached because only 1 broker(s) are registered.");
        }
    }

    static void checkReplicas(Backend backend, List<Integer> nodes) {
        boolean isHere = nodes.equals(List.of(backend.nodeId()));
        if (!isHere && !(backend.config().acceptsAnyReplicationFactor() && !nodes.isEmpty())) {
            throw Errors.INVALID_REPLICA_ASSIGNMENT.exception(
                    "Cannot put a partition on the brokers " + nodes + ": there is only " + backend.nodeId() + ".");
        }
    }
}
