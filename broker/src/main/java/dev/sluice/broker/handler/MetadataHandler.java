package dev.sluice.broker.handler;

import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.jspecify.annotations.Nullable;

/**
 * Metadata (3), versions 0 to 13: the broker, and topics by name or, from version 12 on, by id. An unknown topic is created
 * where {@code auto.create.topics.enable} and the request (from version 4 on) allow it; the answer waits for that, while
 * Kafka answers LEADER_NOT_AVAILABLE at first.
 */
final class MetadataHandler implements Handler<MetadataRequest> {
    private final Backend backend;

    MetadataHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.METADATA;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 13);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<MetadataRequest> call) {
        if (call.request().isAllTopics()) {
            List<MetadataResponseTopic> topics = new ArrayList<>();
            backend.broker().topics().all().values().forEach(topic -> topics.add(known(topic, call)));
            return CompletableFuture.completedFuture(answer(topics, call));
        }
        List<CompletableFuture<MetadataResponseTopic>> topics = call.request().data().topics().stream()
                .map(wanted -> find(wanted, call))
                .toList();
        return Futures.all(topics).thenApply(found -> answer(found, call));
    }

    private CompletableFuture<MetadataResponseTopic> find(MetadataRequestTopic wanted, Call<MetadataRequest> call) {
        if (wanted.name() == null) {
            return CompletableFuture.completedFuture(backend.broker()
                    .topics()
                    .find(wanted.topicId())
                    .map(topic -> known(topic, call))
                    .orElseGet(() -> failed(null, wanted.topicId(), Errors.UNKNOWN_TOPIC_ID)));
        }
        return backend.broker()
                .topics()
                .find(wanted.name())
                .map(topic -> CompletableFuture.completedFuture(known(topic, call)))
                .orElseGet(() -> create(wanted.name(), call));
    }

    private CompletableFuture<MetadataResponseTopic> create(String name, Call<MetadataRequest> call) {
        MetadataRequestData data = call.request().data();
        boolean isWanted = backend.config().autoCreatesTopics()
                && (data.allowAutoTopicCreation() || call.version() < 4)
                && !TopicReplies.isInternal(name);
        if (!isWanted) {
            Errors error = org.apache.kafka.common.internals.Topic.isValid(name)
                    ? Errors.UNKNOWN_TOPIC_OR_PARTITION
                    : Errors.INVALID_TOPIC_EXCEPTION;
            return CompletableFuture.completedFuture(failed(name, Uuid.ZERO_UUID, error));
        }
        return backend.broker()
                .topics()
                .createIfMissing(NewTopic.named(name))
                .thenApply(topic -> known(topic, call))
                .exceptionally(failure -> failed(name, Uuid.ZERO_UUID, ErrorCodes.of(failure)));
    }

    private static MetadataResponseTopic failed(@Nullable String name, Uuid id, Errors error) {
        return new MetadataResponseTopic()
                .setErrorCode(error.code())
                .setName(name)
                .setTopicId(id)
                .setIsInternal(name != null && TopicReplies.isInternal(name))
                .setTopicAuthorizedOperations(MetadataResponse.AUTHORIZED_OPERATIONS_OMITTED);
    }

    private MetadataResponseTopic known(Topic topic, Call<MetadataRequest> call) {
        List<MetadataResponsePartition> partitions = new ArrayList<>(topic.partitionCount());
        List<Integer> nodes = List.of(backend.nodeId());
        for (int number = 0; number < topic.partitionCount(); number++) {
            partitions.add(new MetadataResponsePartition()
                    .setPartitionIndex(number)
                    .setLeaderId(backend.nodeId())
                    .setLeaderEpoch(LeaderEpochs.ONLY)
                    .setReplicaNodes(nodes)
                    .setIsrNodes(nodes)
                    .setOfflineReplicas(List.of()));
        }
        return new MetadataResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setIsInternal(TopicReplies.isInternal(topic.name()))
                .setPartitions(partitions)
                .setTopicAuthorizedOperations(
                        call.request().data().includeTopicAuthorizedOperations()
                                ? TopicReplies.topicOperations()
                                : MetadataResponse.AUTHORIZED_OPERATIONS_OMITTED);
    }

    private MetadataResponse answer(List<MetadataResponseTopic> topics, Call<MetadataRequest> call) {
        Endpoint endpoint = backend.endpointFor(call.context());
        MetadataResponseData data = new MetadataResponseData()
                .setClusterId(backend.broker().clusterId())
                .setControllerId(backend.nodeId())
                .setClusterAuthorizedOperations(
                        call.request().data().includeClusterAuthorizedOperations()
                                ? TopicReplies.clusterOperations()
                                : MetadataResponse.AUTHORIZED_OPERATIONS_OMITTED);
        data.brokers()
                .mustAdd(new MetadataResponseBroker()
                        .setNodeId(backend.nodeId())
                        .setHost(endpoint.host())
                        .setPort(endpoint.port()));
        topics.forEach(data.topics()::mustAdd);
        return new MetadataResponse(data, call.version());
    }
}
