package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionDescription;
import dev.sluice.broker.transaction.TransactionService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TransactionState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;

/** DescribeTransactions (65), version 0: the state of transactional ids, with the partitions of an open transaction. */
final class DescribeTransactionsHandler implements Handler<DescribeTransactionsRequest> {
    private final TransactionService transactions;

    DescribeTransactionsHandler(TransactionService transactions) {
        this.transactions = transactions;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_TRANSACTIONS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<DescribeTransactionsResponse> handle(Call<DescribeTransactionsRequest> call) {
        List<CompletableFuture<TransactionState>> states = call.request().data().transactionalIds().stream()
                .map(this::describe)
                .toList();
        return Futures.all(states)
                .thenApply(done -> new DescribeTransactionsResponse(
                        new DescribeTransactionsResponseData().setTransactionStates(done)));
    }

    private CompletableFuture<TransactionState> describe(String transactionalId) {
        if (transactionalId.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new TransactionState().setErrorCode(Errors.INVALID_REQUEST.code()));
        }
        return transactions
                .describe(transactionalId)
                .handle((found, failure) -> failure == null
                        ? state(found)
                        : new TransactionState()
                                .setTransactionalId(transactionalId)
                                .setErrorCode(ErrorCodes.of(failure).code()));
    }

    private static TransactionState state(TransactionDescription found) {
        TransactionState state = new TransactionState()
                .setTransactionalId(found.producer().transactionalId())
                .setProducerId(found.producer().id())
                .setProducerEpoch(found.producer().epoch())
                .setTransactionState(found.state())
                .setTransactionTimeoutMs(found.timeoutMillis())
                .setTransactionStartTimeMs(found.startMillis());
        found.partitions().forEach(partition -> {
            TopicData topic = state.topics().find(partition.topic());
            if (topic == null) {
                topic = new TopicData().setTopic(partition.topic());
                state.topics().mustAdd(topic);
            }
            topic.partitions().add(partition.partition());
        });
        return state;
    }
}
