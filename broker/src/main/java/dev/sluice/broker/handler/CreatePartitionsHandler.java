package dev.sluice.broker.handler;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.CreatePartitionsResponse;

/** CreatePartitions (37), versions 0 to 3: adds partitions, which may be assigned to this broker only. */
final class CreatePartitionsHandler implements Handler<CreatePartitionsRequest> {
    private final Backend backend;

    CreatePartitionsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.CREATE_PARTITIONS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 3);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<CreatePartitionsRequest> call) {
        boolean isOnlyCheck = call.request().data().validateOnly();
        List<CompletableFuture<CreatePartitionsTopicResult>> results = call.request().data().topics().stream()
                .map(topic -> grow(topic, isOnlyCheck))
                .toList();
        return Futures.all(results)
                .thenApply(done -> new CreatePartitionsResponse(new CreatePartitionsResponseData().setResults(done)));
    }

    private CompletableFuture<CreatePartitionsTopicResult> grow(CreatePartitionsTopic wanted, boolean isOnlyCheck) {
        CompletableFuture<Topic> grown;
        try {
            Topic topic = checked(wanted);
            grown = isOnlyCheck
                    ? CompletableFuture.completedFuture(topic)
                    : backend.broker().topics().growTo(wanted.name(), wanted.count());
        } catch (RuntimeException e) {
            grown = CompletableFuture.failedFuture(e);
        }
        return grown.handle((done, failure) -> {
            CreatePartitionsTopicResult result = new CreatePartitionsTopicResult().setName(wanted.name());
            return failure == null
                    ? result
                    : result.setErrorCode(code(failure).code()).setErrorMessage(ErrorCodes.message(failure));
        });
    }

    private Topic checked(CreatePartitionsTopic wanted) {
        Topic topic =
                backend.broker().topics().find(wanted.name()).orElseThrow(Errors.UNKNOWN_TOPIC_OR_PARTITION::exception);
        int addedCount = wanted.count() - topic.partitionCount();
        if (addedCount <= 0) {
            throw Errors.INVALID_PARTITIONS.exception("The topic " + topic.name() + " currently has "
                    + topic.partitionCount() + " partition(s); " + wanted.count() + " would not be an increase.");
        }
        if (wanted.assignments() != null) {
            if (wanted.assignments().size() != addedCount) {
                throw Errors.INVALID_REPLICA_ASSIGNMENT.exception("Attempted to add " + addedCount
                        + " additional partition(s), but only "
                        + wanted.assignments().size() + " assignment(s) were specified.");
            }
            wanted.assignments().forEach(assignment -> TopicReplies.checkReplicas(backend, assignment.brokerIds()));
        }
        return topic;
    }

    /** What the catalog refuses here is the number. */
    private static Errors code(Throwable failure) {
        return ErrorCodes.unwrap(failure) instanceof BrokerException.InvalidTopic
                ? Errors.INVALID_PARTITIONS
                : ErrorCodes.of(failure);
    }
}
