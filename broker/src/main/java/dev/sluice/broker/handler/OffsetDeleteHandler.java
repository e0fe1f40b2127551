package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetDeleteResponse;

/**
 * OffsetDelete (47), version 0: removes committed offsets of a group, unless its members are subscribed to the topic.
 * Partitions that are not there are refused each for itself.
 */
final class OffsetDeleteHandler implements Handler<OffsetDeleteRequest> {
    private final Backend backend;

    OffsetDeleteHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_DELETE;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<OffsetDeleteResponse> handle(Call<OffsetDeleteRequest> call) {
        OffsetDeleteResponse.Builder answer = new OffsetDeleteResponse.Builder();
        OffsetDeleteRequestTopicCollection known = new OffsetDeleteRequestTopicCollection();
        for (OffsetDeleteRequestTopic topic : call.request().data().topics()) {
            int partitionCount = backend.broker()
                    .topics()
                    .find(topic.name())
                    .map(Topic::partitionCount)
                    .orElse(0);
            choose(topic, partitionCount, known, answer);
        }
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(answer.build());
        }
        OffsetDeleteRequestData wanted = call.request().data().duplicate().setTopics(known);
        return backend.broker()
                .groupService()
                .deleteOffsets(call.context(), wanted)
                .thenApply(deleted -> answer.merge(deleted).build());
    }

    private static void choose(
            OffsetDeleteRequestTopic topic,
            int partitionCount,
            OffsetDeleteRequestTopicCollection known,
            OffsetDeleteResponse.Builder answer) {
        List<OffsetDeleteRequestPartition> there = new ArrayList<>();
        List<OffsetDeleteRequestPartition> missing = new ArrayList<>();
        for (OffsetDeleteRequestPartition partition : topic.partitions()) {
            boolean isThere = partition.partitionIndex() >= 0 && partition.partitionIndex() < partitionCount;
            (isThere ? there : missing).add(partition);
        }
        if (!missing.isEmpty()) {
            var unused = answer.addPartitions(
                    topic.name(),
                    missing,
                    OffsetDeleteRequestPartition::partitionIndex,
                    Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
        if (!there.isEmpty()) {
            known.mustAdd(new OffsetDeleteRequestTopic().setName(topic.name()).setPartitions(there));
        }
    }
}
