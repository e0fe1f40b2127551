package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsResponse;
import org.jspecify.annotations.Nullable;

/**
 * DeleteTopics (20), versions 1 to 6: by name or, from version 6 on, by id. The topics of the broker itself stay, which
 * Kafka would delete: here connectors in the same process keep their places in them.
 */
final class DeleteTopicsHandler implements Handler<DeleteTopicsRequest> {
    private static final short FIRST_WITH_IDS = 6;

    private final Backend backend;

    DeleteTopicsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DELETE_TOPICS;
    }

    @Override
    public Versions versions() {
        return Versions.of(1, 6);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DeleteTopicsRequest> call) {
        List<DeleteTopicState> wanted = call.version() >= FIRST_WITH_IDS
                ? call.request().data().topics()
                : call.request().data().topicNames().stream()
                        .map(name -> new DeleteTopicState().setName(name))
                        .toList();
        List<CompletableFuture<DeletableTopicResult>> results =
                wanted.stream().distinct().map(this::delete).toList();
        return Futures.all(results).thenApply(done -> {
            DeleteTopicsResponseData data = new DeleteTopicsResponseData();
            done.forEach(data.responses()::mustAdd);
            return new DeleteTopicsResponse(data);
        });
    }

    private CompletableFuture<DeletableTopicResult> delete(DeleteTopicState wanted) {
        boolean isById = wanted.name() == null;
        Optional<Topic> topic = isById
                ? backend.broker().topics().find(wanted.topicId())
                : backend.broker().topics().find(wanted.name());
        if (topic.isEmpty()) {
            Errors error = isById ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION;
            return CompletableFuture.completedFuture(result(wanted.name(), wanted.topicId(), error, error.message()));
        }
        String name = topic.get().name();
        Uuid id = topic.get().id();
        if (TopicReplies.isInternal(name)) {
            return CompletableFuture.completedFuture(
                    result(name, id, Errors.INVALID_TOPIC_EXCEPTION, "Cannot delete a topic of the broker itself."));
        }
        return backend.broker()
                .topics()
                .delete(name)
                .handle((done, failure) -> failure == null
                        ? result(name, id, Errors.NONE, null)
                        : result(name, id, ErrorCodes.of(failure), ErrorCodes.message(failure)));
    }

    private static DeletableTopicResult result(@Nullable String name, Uuid id, Errors error, @Nullable String message) {
        return new DeletableTopicResult()
                .setName(name)
                .setTopicId(id)
                .setErrorCode(error.code())
                .setErrorMessage(message);
    }
}
