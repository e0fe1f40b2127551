package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsResponse;

/**
 * DescribeTopicPartitions (75), version 0: topics in the order of their names, in pages. A page ends after the partitions
 * that the client asks for, at most {@code max.request.partition.size.limit}, and its cursor says where the next begins.
 */
final class DescribeTopicPartitionsHandler implements Handler<DescribeTopicPartitionsRequest> {
    private final Backend backend;

    DescribeTopicPartitionsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_TOPIC_PARTITIONS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DescribeTopicPartitionsRequest> call) {
        DescribeTopicPartitionsRequestData data = call.request().data();
        if (data.cursor() != null && data.cursor().partitionIndex() < 0) {
            return CompletableFuture.failedFuture(Errors.INVALID_REQUEST.exception(
                    "DescribeTopicPartitionsRequest cursor partition must be valid: " + data.cursor()));
        }
        return CompletableFuture.completedFuture(new DescribeTopicPartitionsResponse(page(data)));
    }

    private DescribeTopicPartitionsResponseData page(DescribeTopicPartitionsRequestData wanted) {
        int room = Math.max(
                1, Math.min(wanted.responsePartitionLimit(), backend.config().describedPartitionsMax()));
        DescribeTopicPartitionsResponseData page = new DescribeTopicPartitionsResponseData();
        for (String name : names(wanted)) {
            boolean isCutBefore =
                    wanted.cursor() != null && wanted.cursor().topicName().equals(name);
            int from = isCutBefore ? wanted.cursor().partitionIndex() : 0;
            if (room == 0) {
                return page.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(from));
            }
            Optional<Topic> topic = backend.broker().topics().find(name);
            if (topic.isEmpty()) {
                page.topics().mustAdd(unknown(name));
                continue;
            }
            int to = Math.min(topic.get().partitionCount(), from + room);
            page.topics().mustAdd(described(topic.get(), from, to));
            room -= Math.max(0, to - from);
            if (to < topic.get().partitionCount()) {
                return page.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(to));
            }
        }
        return page;
    }

    /** The names from the cursor on; no names in the request mean all topics. */
    private Collection<String> names(DescribeTopicPartitionsRequestData wanted) {
        TreeSet<String> names = new TreeSet<>();
        wanted.topics().stream().map(TopicRequest::name).forEach(names::add);
        if (names.isEmpty()) {
            names.addAll(backend.broker().topics().all().keySet());
        }
        return wanted.cursor() == null ? names : names.tailSet(wanted.cursor().topicName());
    }

    private static DescribeTopicPartitionsResponseTopic unknown(String name) {
        boolean isValid = org.apache.kafka.common.internals.Topic.isValid(name);
        Errors error = isValid ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.INVALID_TOPIC_EXCEPTION;
        return new DescribeTopicPartitionsResponseTopic().setName(name).setErrorCode(error.code());
    }

    private DescribeTopicPartitionsResponseTopic described(Topic topic, int from, int to) {
        List<Integer> nodes = List.of(backend.nodeId());
        List<DescribeTopicPartitionsResponsePartition> partitions = new ArrayList<>();
        for (int number = from; number < to; number++) {
            partitions.add(new DescribeTopicPartitionsResponsePartition()
                    .setPartitionIndex(number)
                    .setLeaderId(backend.nodeId())
                    .setLeaderEpoch(LeaderEpochs.ONLY)
                    .setReplicaNodes(nodes)
                    .setIsrNodes(nodes)
                    .setEligibleLeaderReplicas(List.of())
                    .setLastKnownElr(List.of())
                    .setOfflineReplicas(List.of()));
        }
        return new DescribeTopicPartitionsResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setIsInternal(TopicReplies.isInternal(topic.name()))
                .setPartitions(partitions)
                .setTopicAuthorizedOperations(TopicReplies.topicOperations());
    }
}
