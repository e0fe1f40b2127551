package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionService;
import dev.sluice.broker.transaction.TransactionalProducer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.common.requests.AddOffsetsToTxnResponse;

/**
 * AddOffsetsToTxn (25), versions 0 to 4: a producer is about to commit offsets of a group in its transaction, see
 * {@link TxnOffsetCommitHandler}. Version 2 adds PRODUCER_FENCED.
 */
final class AddOffsetsToTxnHandler implements Handler<AddOffsetsToTxnRequest> {
    private static final int FIRST_WITH_FENCED = 2;

    private final TransactionService transactions;

    AddOffsetsToTxnHandler(TransactionService transactions) {
        this.transactions = transactions;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.ADD_OFFSETS_TO_TXN;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 4);
    }

    @Override
    public CompletableFuture<AddOffsetsToTxnResponse> handle(Call<AddOffsetsToTxnRequest> call) {
        AddOffsetsToTxnRequestData data = call.request().data();
        TransactionalProducer producer =
                new TransactionalProducer(data.transactionalId(), data.producerId(), data.producerEpoch());
        return transactions
                .addGroup(producer, data.groupId())
                .handle((added, failure) -> failure == null
                        ? Errors.NONE
                        : TransactionErrors.of(failure, call.version(), FIRST_WITH_FENCED))
                .thenApply(error ->
                        new AddOffsetsToTxnResponse(new AddOffsetsToTxnResponseData().setErrorCode(error.code())));
    }
}
