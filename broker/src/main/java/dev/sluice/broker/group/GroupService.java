package dev.sluice.broker.group;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/**
 * The seam to consumer groups, of the classic and of the consumer protocol (KIP-848). It speaks the protocol's own
 * messages, because these are what defines groups: types of ours would only repeat them. No method blocks, all may be
 * called on event loops. Refusals come as error codes in the answers, as the protocol has them; a future fails with
 * {@link org.apache.kafka.common.errors.CoordinatorNotAvailableException} while groups cannot be served at all, and with
 * anything else for a bug only. Futures complete on a thread of the coordinator: hop before doing work.
 *
 * <p>Of the caller's context the version of the request, the client's id and its address are looked at. The rights of
 * the caller and whether topics exist have been checked before.
 */
public interface GroupService {
    /** Enters a classic group; answers when all members are in, which may take the rebalance time-out. */
    CompletableFuture<JoinGroupResponseData> joinGroup(AuthorizableRequestContext caller, JoinGroupRequestData request);

    /** Gets a member's part of the assignment of a classic group; answers when its leader has sent the whole. */
    CompletableFuture<SyncGroupResponseData> syncGroup(AuthorizableRequestContext caller, SyncGroupRequestData request);

    /** Keeps a member of a classic group alive. */
    CompletableFuture<HeartbeatResponseData> heartbeat(AuthorizableRequestContext caller, HeartbeatRequestData request);

    /** Leaves a classic group, or takes static members out of any group. */
    CompletableFuture<LeaveGroupResponseData> leaveGroup(
            AuthorizableRequestContext caller, LeaveGroupRequestData request);

    /** Enters, keeps up or leaves a consumer group. */
    CompletableFuture<ConsumerGroupHeartbeatResponseData> consumerGroupHeartbeat(
            AuthorizableRequestContext caller, ConsumerGroupHeartbeatRequestData request);

    /** Commits offsets. */
    CompletableFuture<OffsetCommitResponseData> commitOffsets(
            AuthorizableRequestContext caller, OffsetCommitRequestData request);

    /** Commits offsets as a part of a transaction to which the group was added; they count when it is committed. */
    CompletableFuture<TxnOffsetCommitResponseData> commitTransactionalOffsets(
            AuthorizableRequestContext caller, TxnOffsetCommitRequestData request);

    /**
     * As above, for this process.
     *
     * @param transactionalId the producer's name
     * @param producerId its id
     * @param producerEpoch its epoch
     * @param group the group, which has no members
     * @param offsets the next offset to read, by partition
     * @return done when they are in the log; fails with Kafka's exception for the first error
     */
    CompletableFuture<Void> commitOffsets(
            String transactionalId,
            long producerId,
            short producerEpoch,
            String group,
            Map<TopicPartition, Long> offsets);

    /**
     * Ends a transaction in a partition of {@code __consumer_offsets}.
     *
     * @param partition its number
     * @param producerId whose transaction
     * @param producerEpoch the epoch of the producer
     * @param coordinatorEpoch the epoch of the coordinator of transactions
     * @param result commit or abort
     * @return done when the marker is in the log and the offsets count, or do not
     */
    CompletableFuture<Void> completeTransaction(
            int partition, long producerId, short producerEpoch, int coordinatorEpoch, TransactionResult result);

    /** Returns the partition of {@code __consumer_offsets} that holds a group. */
    int partitionOf(String group);

    /**
     * Returns committed offsets of a group.
     *
     * @param caller who asks
     * @param request the group, and the partitions or null for all
     * @param mode whether offsets in open transactions are waited for
     * @return the offsets; -1 where there is none
     */
    CompletableFuture<OffsetFetchResponseData.OffsetFetchResponseGroup> fetchOffsets(
            AuthorizableRequestContext caller,
            OffsetFetchRequestData.OffsetFetchRequestGroup request,
            OffsetFetchMode mode);

    /** Removes committed offsets of a group that nobody is subscribed to. */
    CompletableFuture<OffsetDeleteResponseData> deleteOffsets(
            AuthorizableRequestContext caller, OffsetDeleteRequestData request);

    /** Lists groups by state and type. */
    CompletableFuture<ListGroupsResponseData> listGroups(
            AuthorizableRequestContext caller, ListGroupsRequestData request);

    /** Describes classic groups. */
    CompletableFuture<List<DescribeGroupsResponseData.DescribedGroup>> describeGroups(
            AuthorizableRequestContext caller, List<String> groups);

    /** Describes consumer groups. */
    CompletableFuture<List<ConsumerGroupDescribeResponseData.DescribedGroup>> describeConsumerGroups(
            AuthorizableRequestContext caller, List<String> groups);

    /** Deletes groups without members, with their offsets. */
    CompletableFuture<DeleteGroupsResponseData.DeletableGroupResultCollection> deleteGroups(
            AuthorizableRequestContext caller, List<String> groups);

    /** Starts the coordinator now, so that the first request need not wait for it; done when it serves. */
    CompletableFuture<Void> start();
}
