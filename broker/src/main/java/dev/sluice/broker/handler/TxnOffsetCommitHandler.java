package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitResponse;

/**
 * TxnOffsetCommit (28), versions 0 to 4: stores offsets of a group that count when the transaction is committed. Version 3
 * adds the member and its generation, so that a member that was shut out cannot commit; 4 adds TRANSACTION_ABORTABLE.
 * Partitions that are not there are refused each for itself.
 *
 * <p>Not done: version 5, which begins the transaction by itself (KIP-890).
 */
final class TxnOffsetCommitHandler implements Handler<TxnOffsetCommitRequest> {
    private static final int FIRST_WITH_ABORTABLE = 4;

    private final Backend backend;

    TxnOffsetCommitHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.TXN_OFFSET_COMMIT;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 4);
    }

    @Override
    public CompletableFuture<TxnOffsetCommitResponse> handle(Call<TxnOffsetCommitRequest> call) {
        TxnOffsetCommitResponse.Builder answer = new TxnOffsetCommitResponse.Builder();
        List<TxnOffsetCommitRequestTopic> known = new ArrayList<>();
        for (TxnOffsetCommitRequestTopic topic : call.request().data().topics()) {
            choose(topic, known, answer);
        }
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(answer.build());
        }
        TxnOffsetCommitRequestData wanted = call.request().data().duplicate().setTopics(known);
        return backend.broker()
                .groupService()
                .commitTransactionalOffsets(call.context(), wanted)
                .thenApply(committed ->
                        answer.merge(understood(committed, call.version())).build());
    }

    private void choose(
            TxnOffsetCommitRequestTopic topic,
            List<TxnOffsetCommitRequestTopic> known,
            TxnOffsetCommitResponse.Builder answer) {
        int partitionCount = backend.broker()
                .topics()
                .find(topic.name())
                .map(Topic::partitionCount)
                .orElse(0);
        List<TxnOffsetCommitRequestPartition> there = new ArrayList<>();
        for (TxnOffsetCommitRequestPartition partition : topic.partitions()) {
            if (partition.partitionIndex() >= 0 && partition.partitionIndex() < partitionCount) {
                there.add(partition);
            } else {
                var unused = answer.addPartition(
                        topic.name(), partition.partitionIndex(), Errors.UNKNOWN_TOPIC_OR_PARTITION);
            }
        }
        if (!there.isEmpty()) {
            known.add(new TxnOffsetCommitRequestTopic().setName(topic.name()).setPartitions(there));
        }
    }

    private static TxnOffsetCommitResponseData understood(TxnOffsetCommitResponseData data, short version) {
        data.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> partition.setErrorCode(TransactionErrors.withoutAbortable(
                                        Errors.forCode(partition.errorCode()), version, FIRST_WITH_ABORTABLE)
                                .code())));
        return data;
    }
}
