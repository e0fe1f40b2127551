package dev.sluice.broker.handler;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/**
 * InitProducerId (22), versions 0 to 5: an id for an idempotent producer. A producer that asks again gets a new one, as from
 * Kafka.
 *
 * <p>Not done: {@code transactional.id}, until there are transactions; it is refused with INVALID_REQUEST.
 */
final class InitProducerIdHandler implements Handler<InitProducerIdRequest> {
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
    public CompletableFuture<AbstractResponse> handle(Call<InitProducerIdRequest> call) {
        if (call.request().data().transactionalId() != null) {
            return CompletableFuture.failedFuture(Errors.INVALID_REQUEST.exception());
        }
        return backend.broker()
                .producerIds()
                .next()
                .thenApply(id -> new InitProducerIdResponse(
                        new InitProducerIdResponseData().setProducerId(id).setProducerEpoch((short) 0)));
    }
}
