package dev.sluice.broker.handler;

import dev.sluice.broker.transaction.TransactionalProducer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/**
 * InitProducerId (22), versions 0 to 5: an id for an idempotent producer, which gets a new one whenever it asks, as from
 * Kafka; or, with {@code transactional.id}, the id and the next epoch of that producer, whose older selves are shut out.
 * Version 3 lets a producer say who it was (KIP-360), 4 adds PRODUCER_FENCED.
 *
 * <p>Where Kafka answers CONCURRENT_TRANSACTIONS while it aborts what an older producer left open, the answer here waits.
 *
 * <p>Not done: version 6, which is about two-phase commit.
 */
final class InitProducerIdHandler implements Handler<InitProducerIdRequest> {
    private static final int FIRST_WITH_FENCED = 4;

    private final Backend backend;

    InitProducerIdHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.INIT_PRODUCER_ID;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 5);
    }

    @Override
    public CompletableFuture<InitProducerIdResponse> handle(Call<InitProducerIdRequest> call) {
        InitProducerIdRequestData data = call.request().data();
        boolean hasId = data.producerId() != RecordBatch.NO_PRODUCER_ID;
        boolean hasEpoch = data.producerEpoch() != RecordBatch.NO_PRODUCER_EPOCH;
        if (hasId != hasEpoch) {
            return CompletableFuture.failedFuture(Errors.INVALID_REQUEST.exception());
        }
        String transactionalId = data.transactionalId();
        if (transactionalId == null) {
            return backend.broker().producerIds().next().thenApply(id -> answer(id, (short) 0));
        }
        Optional<TransactionalProducer> known = hasId
                ? Optional.of(new TransactionalProducer(transactionalId, data.producerId(), data.producerEpoch()))
                : Optional.empty();
        return backend.broker()
                .transactions()
                .init(transactionalId, data.transactionTimeoutMs(), known)
                .handle((producer, failure) -> failure == null
                        ? answer(producer.id(), producer.epoch())
                        : refusal(TransactionErrors.of(failure, call.version(), FIRST_WITH_FENCED)));
    }

    private static InitProducerIdResponse answer(long id, short epoch) {
        return new InitProducerIdResponse(
                new InitProducerIdResponseData().setProducerId(id).setProducerEpoch(epoch));
    }

    private static InitProducerIdResponse refusal(Errors error) {
        return new InitProducerIdResponse(new InitProducerIdResponseData()
                .setProducerId(RecordBatch.NO_PRODUCER_ID)
                .setProducerEpoch(RecordBatch.NO_PRODUCER_EPOCH)
                .setErrorCode(error.code()));
    }
}
