package dev.sluice.broker.net;

import dev.sluice.broker.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopicCollection;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * One request of each kind about groups and transactions, in a version, and how a broker answers it where nobody is a member of
 * anything. What they do for members is tested beside their handlers.
 */
final class GroupSamples {
    private final Topic topic;

    GroupSamples(Topic topic) {
        this.topic = topic;
    }

    /** The request; empty for kinds that are tested elsewhere. */
    Optional<ApiMessage> of(ApiKeys key, short version) {
        return Optional.ofNullable(
                switch (key) {
                    case FIND_COORDINATOR ->
                        version < 4
                                ? new FindCoordinatorRequestData().setKey("g")
                                : new FindCoordinatorRequestData().setCoordinatorKeys(List.of("g", "h"));
                    case JOIN_GROUP -> join(version);
                    case SYNC_GROUP -> sync(version);
                    case HEARTBEAT -> new HeartbeatRequestData().setGroupId("g").setMemberId("m");
                    case LEAVE_GROUP -> leave(version);
                    case CONSUMER_GROUP_HEARTBEAT -> consumerHeartbeat(version);
                    case OFFSET_COMMIT -> offsetCommit();
                    case OFFSET_FETCH -> offsetFetch(version);
                    case OFFSET_DELETE -> new OffsetDeleteRequestData().setGroupId("simple");
                    case LIST_GROUPS -> new ListGroupsRequestData();
                    case DESCRIBE_GROUPS -> new DescribeGroupsRequestData().setGroups(List.of("none"));
                    case CONSUMER_GROUP_DESCRIBE -> new ConsumerGroupDescribeRequestData().setGroupIds(List.of("none"));
                    case DELETE_GROUPS -> new DeleteGroupsRequestData().setGroupsNames(List.of("none"));
                    default -> transactional(key, version);
                });
    }

    private @Nullable ApiMessage transactional(ApiKeys key, short version) {
        return switch (key) {
            case ADD_PARTITIONS_TO_TXN -> addPartitions(version);
            case ADD_OFFSETS_TO_TXN ->
                new AddOffsetsToTxnRequestData()
                        .setTransactionalId("x")
                        .setProducerId(1)
                        .setGroupId("g");
            case END_TXN ->
                new EndTxnRequestData().setTransactionalId("x").setProducerId(1).setCommitted(true);
            case TXN_OFFSET_COMMIT -> txnOffsetCommit();
            case WRITE_TXN_MARKERS -> writeMarkers();
            case DESCRIBE_PRODUCERS ->
                new DescribeProducersRequestData()
                        .setTopics(
                                List.of(new TopicRequest().setName(topic.name()).setPartitionIndexes(List.of(0))));
            case DESCRIBE_TRANSACTIONS -> new DescribeTransactionsRequestData().setTransactionalIds(List.of("x"));
            case LIST_TRANSACTIONS -> new ListTransactionsRequestData();
            default -> null;
        };
    }

    /** The only error in the answer. */
    static Errors expected(ApiKeys key, short version) {
        return switch (key) {
            case JOIN_GROUP -> version < 4 ? Errors.NONE : Errors.MEMBER_ID_REQUIRED;
            case SYNC_GROUP, HEARTBEAT, LEAVE_GROUP -> Errors.UNKNOWN_MEMBER_ID;
            case CONSUMER_GROUP_DESCRIBE, DELETE_GROUPS -> Errors.GROUP_ID_NOT_FOUND;
            case DESCRIBE_GROUPS -> version < 6 ? Errors.NONE : Errors.GROUP_ID_NOT_FOUND;
            case ADD_PARTITIONS_TO_TXN, ADD_OFFSETS_TO_TXN, END_TXN, TXN_OFFSET_COMMIT ->
                Errors.INVALID_PRODUCER_ID_MAPPING;
            case DESCRIBE_TRANSACTIONS -> Errors.TRANSACTIONAL_ID_NOT_FOUND;
            default -> Errors.NONE;
        };
    }

    private static ApiMessage join(short version) {
        JoinGroupRequestProtocolCollection protocols = new JoinGroupRequestProtocolCollection();
        protocols.mustAdd(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[] {1, 2}));
        return new JoinGroupRequestData()
                .setGroupId("joined-" + version)
                .setMemberId("")
                .setSessionTimeoutMs(10_000)
                .setRebalanceTimeoutMs(version == 0 ? -1 : 10_000)
                .setProtocolType("consumer")
                .setProtocols(protocols)
                .setReason(version >= 8 ? "a test" : null);
    }

    private static ApiMessage sync(short version) {
        SyncGroupRequestData sync =
                new SyncGroupRequestData().setGroupId("g").setMemberId("m").setGenerationId(1);
        return version >= 5 ? sync.setProtocolType("consumer").setProtocolName("range") : sync;
    }

    private static ApiMessage leave(short version) {
        LeaveGroupRequestData leave = new LeaveGroupRequestData().setGroupId("g");
        return version < 3 ? leave.setMemberId("m") : leave.setMembers(List.of(new MemberIdentity().setMemberId("m")));
    }

    private ApiMessage consumerHeartbeat(short version) {
        return new ConsumerGroupHeartbeatRequestData()
                .setGroupId("new-" + version)
                .setMemberId(version == 0 ? "" : Uuid.randomUuid().toString())
                .setRebalanceTimeoutMs(10_000)
                .setSubscribedTopicNames(List.of(topic.name()))
                .setTopicPartitions(List.of());
    }

    private ApiMessage offsetCommit() {
        return new OffsetCommitRequestData()
                .setGroupId("simple")
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName(topic.name())
                        .setTopicId(topic.id())
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(1)
                                .setCommittedMetadata("note")))));
    }

    private ApiMessage offsetFetch(short version) {
        if (version < 8) {
            return new OffsetFetchRequestData()
                    .setGroupId("simple")
                    .setTopics(List.of(
                            new OffsetFetchRequestTopic().setName(topic.name()).setPartitionIndexes(List.of(0))));
        }
        return new OffsetFetchRequestData()
                .setGroups(List.of(new OffsetFetchRequestGroup()
                        .setGroupId("simple")
                        .setTopics(List.of(new OffsetFetchRequestTopics()
                                .setName(topic.name())
                                .setTopicId(topic.id())
                                .setPartitionIndexes(List.of(0))))));
    }

    private ApiMessage addPartitions(short version) {
        AddPartitionsToTxnTopicCollection topics = new AddPartitionsToTxnTopicCollection();
        topics.mustAdd(new AddPartitionsToTxnTopic().setName(topic.name()).setPartitions(List.of(0)));
        AddPartitionsToTxnRequestData data = new AddPartitionsToTxnRequestData();
        if (version < 4) {
            return data.setV3AndBelowTransactionalId("x")
                    .setV3AndBelowProducerId(1)
                    .setV3AndBelowTopics(topics);
        }
        data.transactions()
                .mustAdd(new AddPartitionsToTxnTransaction()
                        .setTransactionalId("x")
                        .setProducerId(1)
                        .setTopics(topics));
        return data;
    }

    private ApiMessage txnOffsetCommit() {
        return new TxnOffsetCommitRequestData()
                .setTransactionalId("x")
                .setGroupId("g")
                .setProducerId(1)
                .setTopics(List.of(new TxnOffsetCommitRequestTopic()
                        .setName(topic.name())
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(1)))));
    }

    private ApiMessage writeMarkers() {
        return new WriteTxnMarkersRequestData()
                .setMarkers(List.of(new WritableTxnMarker()
                        .setProducerId(1)
                        .setTopics(List.of(new WritableTxnMarkerTopic()
                                .setName(topic.name())
                                .setPartitionIndexes(List.of(1))))));
    }
}
