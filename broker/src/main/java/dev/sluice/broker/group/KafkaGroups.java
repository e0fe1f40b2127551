package dev.sluice.broker.group;

import dev.sluice.broker.metrics.MetricSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.common.TransactionVersion;

/** Groups by Kafka's own coordinator, which starts with the first request and takes over {@link GroupOffsets} then. */
public final class KafkaGroups implements GroupService, AutoCloseable {
    private final LazyEngine engine;
    private final OffsetsLog offsets;

    KafkaGroups(GroupEngine.Parts parts, GroupOffsets offsets) {
        engine = new LazyEngine(parts, offsets);
        this.offsets = parts.offsets();
    }

    /** Returns the metrics of groups. */
    public MetricSource metrics() {
        return new GroupMetrics(engine::running);
    }

    @Override
    public CompletableFuture<Void> start() {
        return ask(running -> CompletableFuture.completedFuture(null));
    }

    private <T> CompletableFuture<T> ask(Function<GroupCoordinator, CompletableFuture<T>> question) {
        return engine.ask(question);
    }

    @Override
    public CompletableFuture<JoinGroupResponseData> joinGroup(
            AuthorizableRequestContext caller, JoinGroupRequestData request) {
        return ask(groups -> groups.joinGroup(caller, request, BufferSupplier.NO_CACHING));
    }

    @Override
    public CompletableFuture<SyncGroupResponseData> syncGroup(
            AuthorizableRequestContext caller, SyncGroupRequestData request) {
        return ask(groups -> groups.syncGroup(caller, request, BufferSupplier.NO_CACHING));
    }

    @Override
    public CompletableFuture<HeartbeatResponseData> heartbeat(
            AuthorizableRequestContext caller, HeartbeatRequestData request) {
        return ask(groups -> groups.heartbeat(caller, request));
    }

    @Override
    public CompletableFuture<LeaveGroupResponseData> leaveGroup(
            AuthorizableRequestContext caller, LeaveGroupRequestData request) {
        return ask(groups -> groups.leaveGroup(caller, request));
    }

    @Override
    public CompletableFuture<ConsumerGroupHeartbeatResponseData> consumerGroupHeartbeat(
            AuthorizableRequestContext caller, ConsumerGroupHeartbeatRequestData request) {
        return ask(groups -> groups.consumerGroupHeartbeat(caller, request));
    }

    @Override
    public CompletableFuture<OffsetCommitResponseData> commitOffsets(
            AuthorizableRequestContext caller, OffsetCommitRequestData request) {
        return ask(groups -> groups.commitOffsets(caller, request, BufferSupplier.NO_CACHING));
    }

    @Override
    public CompletableFuture<TxnOffsetCommitResponseData> commitTransactionalOffsets(
            AuthorizableRequestContext caller, TxnOffsetCommitRequestData request) {
        return ask(groups -> groups.commitTransactionalOffsets(caller, request, BufferSupplier.NO_CACHING));
    }

    @Override
    public CompletableFuture<Void> commitOffsets(
            String transactionalId,
            long producerId,
            short producerEpoch,
            String group,
            Map<TopicPartition, Long> offsets) {
        TxnOffsetCommitRequestData request = CoordinatorOffsets.inTransaction(group, offsets)
                .setTransactionalId(transactionalId)
                .setProducerId(producerId)
                .setProducerEpoch(producerEpoch);
        return commitTransactionalOffsets(CoordinatorOffsets.caller(ApiKeys.TXN_OFFSET_COMMIT), request)
                .thenAccept(CoordinatorOffsets::check);
    }

    @Override
    public CompletableFuture<Void> completeTransaction(
            int partition, long producerId, short producerEpoch, int coordinatorEpoch, TransactionResult result) {
        return ask(groups -> groups.completeTransaction(
                new TopicPartition(OffsetsLog.TOPIC, partition),
                producerId,
                producerEpoch,
                coordinatorEpoch,
                result,
                TransactionVersion.TV_1.featureLevel()));
    }

    @Override
    public int partitionOf(String group) {
        return offsets.partitionOf(group);
    }

    @Override
    public CompletableFuture<OffsetFetchResponseData.OffsetFetchResponseGroup> fetchOffsets(
            AuthorizableRequestContext caller,
            OffsetFetchRequestData.OffsetFetchRequestGroup request,
            OffsetFetchMode mode) {
        return ask(groups -> groups.fetchOffsets(caller, request, mode == OffsetFetchMode.STABLE));
    }

    @Override
    public CompletableFuture<OffsetDeleteResponseData> deleteOffsets(
            AuthorizableRequestContext caller, OffsetDeleteRequestData request) {
        return ask(groups -> groups.deleteOffsets(caller, request, BufferSupplier.NO_CACHING));
    }

    @Override
    public CompletableFuture<ListGroupsResponseData> listGroups(
            AuthorizableRequestContext caller, ListGroupsRequestData request) {
        return ask(groups -> groups.listGroups(caller, request));
    }

    @Override
    public CompletableFuture<List<DescribeGroupsResponseData.DescribedGroup>> describeGroups(
            AuthorizableRequestContext caller, List<String> groupIds) {
        return ask(groups -> groups.describeGroups(caller, groupIds));
    }

    @Override
    public CompletableFuture<List<ConsumerGroupDescribeResponseData.DescribedGroup>> describeConsumerGroups(
            AuthorizableRequestContext caller, List<String> groupIds) {
        return ask(groups -> groups.consumerGroupDescribe(caller, groupIds));
    }

    @Override
    public CompletableFuture<DeleteGroupsResponseData.DeletableGroupResultCollection> deleteGroups(
            AuthorizableRequestContext caller, List<String> groupIds) {
        return ask(groups -> groups.deleteGroups(caller, groupIds, BufferSupplier.NO_CACHING));
    }

    /** Ends the coordinator; requests that wait are answered with an error. */
    @Override
    public void close() {
        engine.close();
    }
}
