package dev.sluice.broker.handler;

import dev.sluice.broker.log.PartitionLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;

/**
 * DeleteRecords (21), versions 0 to 2: moves the first offset of partitions; −1 means up to the end. As in Kafka, a topic
 * must have {@code delete} in its {@code cleanup.policy}, and those of the broker itself are left alone.
 */
final class DeleteRecordsHandler implements Handler<DeleteRecordsRequest> {
    private final Backend backend;

    DeleteRecordsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DELETE_RECORDS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 2);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DeleteRecordsRequest> call) {
        List<CompletableFuture<DeleteRecordsTopicResult>> topics =
                call.request().data().topics().stream().map(this::delete).toList();
        return Futures.all(topics).thenApply(done -> {
            DeleteRecordsResponseData data = new DeleteRecordsResponseData();
            done.forEach(data.topics()::mustAdd);
            return new DeleteRecordsResponse(data);
        });
    }

    private CompletableFuture<DeleteRecordsTopicResult> delete(DeleteRecordsTopic topic) {
        List<CompletableFuture<DeleteRecordsPartitionResult>> partitions = topic.partitions().stream()
                .map(partition -> delete(topic.name(), partition))
                .toList();
        return Futures.all(partitions).thenApply(done -> {
            DeleteRecordsTopicResult result = new DeleteRecordsTopicResult().setName(topic.name());
            done.forEach(result.partitions()::mustAdd);
            return result;
        });
    }

    private CompletableFuture<DeleteRecordsPartitionResult> delete(String topic, DeleteRecordsPartition wanted) {
        Optional<PartitionLog> log = Named.of(backend, topic, Uuid.ZERO_UUID).log(backend, wanted.partitionIndex());
        if (log.isEmpty()) {
            return CompletableFuture.completedFuture(failed(wanted, Errors.UNKNOWN_TOPIC_OR_PARTITION));
        }
        if (TopicReplies.isInternal(topic)) {
            return CompletableFuture.completedFuture(failed(wanted, Errors.INVALID_TOPIC_EXCEPTION));
        }
        if (!mayDelete(topic)) {
            return CompletableFuture.completedFuture(failed(wanted, Errors.POLICY_VIOLATION));
        }
        long offset = wanted.offset() == DeleteRecordsRequest.HIGH_WATERMARK
                ? log.get().endOffset()
                : wanted.offset();
        if (offset < 0) {
            return CompletableFuture.completedFuture(failed(wanted, Errors.OFFSET_OUT_OF_RANGE));
        }
        return log.get()
                .deleteRecordsBefore(offset)
                .handle((start, failure) -> failure == null
                        ? new DeleteRecordsPartitionResult()
                                .setPartitionIndex(wanted.partitionIndex())
                                .setLowWatermark(start)
                        : failed(wanted, ErrorCodes.of(failure)));
    }

    private boolean mayDelete(String topic) {
        return backend.broker()
                .topics()
                .find(topic)
                .map(known -> backend.broker().topics().effectiveSettings(known).getOrDefault("cleanup.policy", ""))
                .filter(policy -> policy.contains("delete"))
                .isPresent();
    }

    private static DeleteRecordsPartitionResult failed(DeleteRecordsPartition wanted, Errors error) {
        return new DeleteRecordsPartitionResult()
                .setPartitionIndex(wanted.partitionIndex())
                .setLowWatermark(DeleteRecordsResponse.INVALID_LOW_WATERMARK)
                .setErrorCode(error.code());
    }
}
