package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionalProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;

/**
 * AddPartitionsToTxn (24), versions 0 to 3: a producer is about to write to partitions; the first such request begins a
 * transaction. Version 2 adds PRODUCER_FENCED. All partitions are added or, where one does not exist, none.
 *
 * <p>Not done: version 4 and above, which brokers send to each other.
 */
final class AddPartitionsToTxnHandler implements Handler<AddPartitionsToTxnRequest> {
    private static final int FIRST_WITH_FENCED = 2;

    private final Backend backend;

    AddPartitionsToTxnHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.ADD_PARTITIONS_TO_TXN;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 3);
    }

    @Override
    public CompletableFuture<AddPartitionsToTxnResponse> handle(Call<AddPartitionsToTxnRequest> call) {
        AddPartitionsToTxnRequestData data = call.request().data();
        List<TopicPartition> wanted = new ArrayList<>();
        data.v3AndBelowTopics()
                .forEach(topic ->
                        topic.partitions().forEach(number -> wanted.add(new TopicPartition(topic.name(), number))));
        if (!wanted.stream().allMatch(this::isUsable)) {
            return CompletableFuture.completedFuture(answer(
                    data,
                    partition ->
                            isUsable(partition) ? Errors.OPERATION_NOT_ATTEMPTED : Errors.UNKNOWN_TOPIC_OR_PARTITION));
        }
        TransactionalProducer producer = new TransactionalProducer(
                data.v3AndBelowTransactionalId(), data.v3AndBelowProducerId(), data.v3AndBelowProducerEpoch());
        return backend.broker()
                .transactions()
                .addPartitions(producer, wanted)
                .handle((added, failure) -> failure == null
                        ? Errors.NONE
                        : TransactionErrors.of(failure, call.version(), FIRST_WITH_FENCED))
                .thenApply(error -> answer(data, partition -> error));
    }

    private boolean isUsable(TopicPartition partition) {
        return !TopicReplies.isInternal(partition.topic())
                && backend.broker().logs().find(partition).isPresent();
    }

    private static AddPartitionsToTxnResponse answer(
            AddPartitionsToTxnRequestData data, Function<TopicPartition, Errors> error) {
        AddPartitionsToTxnResponseData answer = new AddPartitionsToTxnResponseData();
        for (AddPartitionsToTxnTopic topic : data.v3AndBelowTopics()) {
            AddPartitionsToTxnTopicResult result = new AddPartitionsToTxnTopicResult().setName(topic.name());
            for (int number : topic.partitions()) {
                result.resultsByPartition()
                        .mustAdd(new AddPartitionsToTxnPartitionResult()
                                .setPartitionIndex(number)
                                .setPartitionErrorCode(error.apply(new TopicPartition(topic.name(), number))
                                        .code()));
            }
            answer.resultsByTopicV3AndBelow().mustAdd(result);
        }
        return new AddPartitionsToTxnResponse(answer);
    }
}
