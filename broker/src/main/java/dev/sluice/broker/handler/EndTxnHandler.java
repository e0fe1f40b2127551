package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionService;
import dev.sluice.broker.transaction.TransactionalProducer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;

/**
 * EndTxn (26), versions 0 to 4: commits or aborts a transaction. Version 2 adds PRODUCER_FENCED. The answer comes when the
 * markers are in all partitions, and not before as from Kafka: the next transaction never has to wait for this one.
 *
 * <p>Not done: version 5, which raises the epoch with each transaction (KIP-890).
 */
final class EndTxnHandler implements Handler<EndTxnRequest> {
    private static final int FIRST_WITH_FENCED = 2;

    private final TransactionService transactions;

    EndTxnHandler(TransactionService transactions) {
        this.transactions = transactions;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.END_TXN;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 4);
    }

    @Override
    public CompletableFuture<EndTxnResponse> handle(Call<EndTxnRequest> call) {
        EndTxnRequestData data = call.request().data();
        TransactionalProducer producer =
                new TransactionalProducer(data.transactionalId(), data.producerId(), data.producerEpoch());
        return transactions
                .end(producer, call.request().result())
                .handle((ended, failure) -> failure == null
                        ? Errors.NONE
                        : TransactionErrors.of(failure, call.version(), FIRST_WITH_FENCED))
                .thenApply(error -> new EndTxnResponse(new EndTxnResponseData().setErrorCode(error.code())));
    }
}
