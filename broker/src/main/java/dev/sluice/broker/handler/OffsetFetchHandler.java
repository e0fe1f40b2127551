package dev.sluice.broker.handler;

import dev.sluice.broker.group.OffsetFetchMode;
import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;

/**
 * OffsetFetch (9), versions 1 to 10: the committed offsets of groups, for given partitions or, from version 2 on, for all.
 * Version 7 adds waiting for open transactions, 8 several groups, 9 the member epoch of consumer groups, 10 topics by id.
 */
final class OffsetFetchHandler implements Handler<OffsetFetchRequest> {
    private static final int NO_LEADER_EPOCH = -1;

    private final Backend backend;

    OffsetFetchHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_FETCH;
    }

    @Override
    public Versions versions() {
        return Versions.of(1, 10);
    }

    @Override
    public CompletableFuture<OffsetFetchResponse> handle(Call<OffsetFetchRequest> call) {
        List<CompletableFuture<OffsetFetchResponseGroup>> groups = call.request().groups().stream()
                .map(group -> fetch(group, call))
                .toList();
        return Futures.all(groups).thenApply(found -> new OffsetFetchResponse.Builder(found).build(call.version()));
    }

    private CompletableFuture<OffsetFetchResponseGroup> fetch(
            OffsetFetchRequestGroup group, Call<OffsetFetchRequest> call) {
        CompletableFuture<OffsetFetchResponseGroup> found =
                OffsetFetchRequest.useTopicIds(call.version()) ? fetchById(group, call) : ask(group, call);
        return found.exceptionally(
                failure -> OffsetFetchResponse.groupError(group, ErrorCodes.of(failure), call.version()));
    }

    private CompletableFuture<OffsetFetchResponseGroup> ask(
            OffsetFetchRequestGroup group, Call<OffsetFetchRequest> call) {
        OffsetFetchMode mode = call.request().requireStable() ? OffsetFetchMode.STABLE : OffsetFetchMode.LATEST;
        return backend.broker().groupService().fetchOffsets(call.context(), group, mode);
    }

    private CompletableFuture<OffsetFetchResponseGroup> fetchById(
            OffsetFetchRequestGroup group, Call<OffsetFetchRequest> call) {
        if (OffsetFetchRequest.requestAllOffsets(group)) {
            return ask(group, call).thenApply(this::withIds);
        }
        List<OffsetFetchRequestTopics> known = new ArrayList<>();
        List<OffsetFetchResponseTopics> refused = new ArrayList<>();
        for (OffsetFetchRequestTopics topic : group.topics()) {
            backend.broker()
                    .topics()
                    .find(topic.topicId())
                    .ifPresentOrElse(
                            found -> known.add(topic.duplicate().setName(found.name())),
                            () -> refused.add(refusal(topic)));
        }
        return ask(group.duplicate().setTopics(known), call).thenApply(answer -> {
            boolean isAnswered = answer.errorCode() == Errors.NONE.code();
            List<OffsetFetchResponseTopics> all = new ArrayList<>(answer.topics());
            all.addAll(isAnswered ? refused : List.of());
            return answer.setTopics(all);
        });
    }

    /** Offsets of topics that are gone have no id to be told by. */
    private OffsetFetchResponseGroup withIds(OffsetFetchResponseGroup group) {
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        for (OffsetFetchResponseTopics topic : group.topics()) {
            Optional<Topic> found = backend.broker().topics().find(topic.name());
            found.ifPresent(known -> topics.add(topic.setTopicId(known.id())));
        }
        return group.setTopics(topics);
    }

    private static OffsetFetchResponseTopics refusal(OffsetFetchRequestTopics topic) {
        return new OffsetFetchResponseTopics()
                .setTopicId(topic.topicId())
                .setPartitions(topic.partitionIndexes().stream()
                        .map(partition -> new OffsetFetchResponsePartitions()
                                .setPartitionIndex(partition)
                                .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code())
                                .setCommittedOffset(OffsetFetchResponse.INVALID_OFFSET)
                                .setMetadata(OffsetFetchResponse.NO_METADATA)
                                .setCommittedLeaderEpoch(NO_LEADER_EPOCH))
                        .toList());
    }
}
