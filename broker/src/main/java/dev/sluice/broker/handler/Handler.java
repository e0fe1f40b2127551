package dev.sluice.broker.handler;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * Answers the requests of one API key.
 *
 * @param <Q> its requests
 */
public interface Handler<Q extends AbstractRequest> {
    /** Returns the API key. */
    ApiKeys key();

    /** Returns the versions that it understands; others never reach {@link #handle}. */
    Versions versions();

    /**
     * Answers a request. Called on the event loop of the connection: must not block.
     *
     * @param call the request, who sent it, and the event loop
     * @return the answer, from any thread. A failure becomes the error answer of this request, see {@link ErrorCodes};
     *     where the request has no answer, it ends the connection.
     */
    CompletableFuture<? extends AbstractResponse> handle(Call<Q> call);

    /**
     * Whether the client waits for an answer to this request.
     *
     * @param request the request
     * @return false for requests like Produce with {@code acks=0}
     */
    default boolean hasAnswer(Q request) {
        return true;
    }
}
