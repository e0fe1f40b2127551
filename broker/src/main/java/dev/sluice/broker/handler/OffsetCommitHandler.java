package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;

/**
 * OffsetCommit (8), versions 2 to 10: a member, or anybody while a group has no members, stores how far the group has read.
 * Versions up to 4 may say how long the offset shall stay; 6 adds the leader epoch, 7 static members, 9 the member epoch of
 * consumer groups, 10 topics by id. Partitions that are not there are refused each for itself, the others are committed.
 */
final class OffsetCommitHandler implements Handler<OffsetCommitRequest> {
    private final Backend backend;

    OffsetCommitHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_COMMIT;
    }

    @Override
    public Versions versions() {
        return Versions.of(2, 10);
    }

    @Override
    public CompletableFuture<OffsetCommitResponse> handle(Call<OffsetCommitRequest> call) {
        boolean isById = OffsetCommitResponse.useTopicIds(call.version());
        OffsetCommitResponse.Builder answer = OffsetCommitResponse.newBuilder(isById);
        List<OffsetCommitRequestTopic> known = new ArrayList<>();
        for (OffsetCommitRequestTopic topic : call.request().data().topics()) {
            find(topic, isById).ifPresentOrElse(found -> choose(topic, found, known, answer), () -> {
                Errors error = isById ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION;
                refuse(topic, topic.partitions(), error, answer);
            });
        }
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(answer.build());
        }
        OffsetCommitRequestData wanted = call.request().data().duplicate().setTopics(known);
        return backend.broker()
                .groupService()
                .commitOffsets(call.context(), wanted)
                .thenApply(committed -> answer.merge(committed).build());
    }

    private Optional<Topic> find(OffsetCommitRequestTopic topic, boolean isById) {
        return isById
                ? backend.broker().topics().find(topic.topicId())
                : backend.broker().topics().find(topic.name());
    }

    private static void choose(
            OffsetCommitRequestTopic topic,
            Topic found,
            List<OffsetCommitRequestTopic> known,
            OffsetCommitResponse.Builder answer) {
        List<OffsetCommitRequestPartition> there = new ArrayList<>();
        List<OffsetCommitRequestPartition> missing = new ArrayList<>();
        for (OffsetCommitRequestPartition partition : topic.partitions()) {
            boolean isThere = partition.partitionIndex() >= 0 && partition.partitionIndex() < found.partitionCount();
            (isThere ? there : missing).add(partition);
        }
        refuse(topic, missing, Errors.UNKNOWN_TOPIC_OR_PARTITION, answer);
        if (!there.isEmpty()) {
            known.add(new OffsetCommitRequestTopic()
                    .setName(found.name())
                    .setTopicId(topic.topicId())
                    .setPartitions(there));
        }
    }

    private static void refuse(
            OffsetCommitRequestTopic topic,
            List<OffsetCommitRequestPartition> partitions,
            Errors error,
            OffsetCommitResponse.Builder answer) {
        if (!partitions.isEmpty()) {
            var unused = answer.addPartitions(
                    topic.topicId(), topic.name(), partitions, OffsetCommitRequestPartition::partitionIndex, error);
        }
    }
}
