package dev.sluice.broker.handler;

import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.utils.Utils;

/** What a caller may do with a group. */
final class GroupOperations {
    /** Everybody may do everything, as without an authorizer in Kafka. */
    static final int ALL = Utils.to32BitField(Set.of(
            AclOperation.READ.code(),
            AclOperation.DESCRIBE.code(),
            AclOperation.DELETE.code(),
            AclOperation.DESCRIBE_CONFIGS.code(),
            AclOperation.ALTER_CONFIGS.code()));

    private GroupOperations() {}
}
