package dev.sluice.broker.net;

import dev.sluice.broker.handler.Call;
import dev.sluice.broker.handler.ErrorCodes;
import dev.sluice.broker.handler.Handler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request of a connection from its start until its answer has left. Owned by the event loop of the connection.
 *
 * @param <Q> the kind of request
 */
final class Exchange<Q extends AbstractRequest> {
    private final Handler<Q> handler;
    private final Call<Q> call;
    private final int requestBytes;
    private final RequestMetrics.Cells metrics;
    private final Throttle throttle;
    private final Function<AbstractResponse, Send> writer;
    private final long startNanos = System.nanoTime();
    private CompletableFuture<? extends AbstractResponse> answer = new CompletableFuture<>();
    private @Nullable Send send;
    private long answerBytes;
    private int restMillis;
    private boolean isReady;
    private boolean isSending;

    Exchange(
            Handler<Q> handler,
            Call<Q> call,
            int requestBytes,
            RequestMetrics.Cells metrics,
            Throttle throttle,
            Function<AbstractResponse, Send> writer) {
        this.handler = handler;
        this.call = call;
        this.requestBytes = requestBytes;
        this.metrics = metrics;
        this.throttle = throttle;
        this.writer = writer;
    }

    boolean isProduce() {
        return handler.key() == ApiKeys.PRODUCE;
    }

    int requestBytes() {
        return requestBytes;
    }

    /** Lets the handler begin; its answer comes on any thread. */
    CompletableFuture<? extends AbstractResponse> run() {
        try {
            answer = handler.handle(call);
        } catch (RuntimeException | StackOverflowError e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer;
    }

    /**
     * Gives up the wait of a client that is gone, so that nobody waits for its time to run out. Appends go on: they cannot
     * be taken back.
     */
    void cancel() {
        if (!isProduce()) {
            answer.cancel(false);
        }
    }

    /** Notes the answer; throws where none can be sent though the client waits for one. */
    void onAnswer(@Nullable AbstractResponse response, @Nullable Throwable failure) throws NoAnswer {
        metrics.onHandled(System.nanoTime() - startNanos);
        if (!handler.hasAnswer(call.request())) {
            if (failure != null) {
                throw new NoAnswer("a request that wants no answer failed: " + ErrorCodes.message(failure), failure);
            }
            restMillis = throttle.millis(call.context(), requestBytes, null);
        } else {
            AbstractResponse known = failure == null ? response : errorAnswer(failure);
            if (known == null) {
                throw new NoAnswer("a request failed that has no error answer", failure);
            }
            metrics.onAnswer(known);
            restMillis = throttle.millis(call.context(), requestBytes, known);
            if (restMillis > 0) {
                known.maybeSetThrottleTimeMs(restMillis);
            }
            send = written(known);
            answerBytes = send.size();
        }
        isReady = true;
    }

    private @Nullable AbstractResponse errorAnswer(Throwable failure) {
        return call.request().getErrorResponse(0, ErrorCodes.exception(failure));
    }

    private Send written(AbstractResponse response) throws NoAnswer {
        try {
            return writer.apply(response);
        } catch (RuntimeException e) {
            throw new NoAnswer("the answer cannot be written: " + e.getMessage(), e);
        }
    }

    /** How long the connection shall rest before the next request, because of quotas. */
    int restMillis() {
        return restMillis;
    }

    /** Whether the answer may leave now; true once. */
    boolean beginSending() {
        if (!isReady || isSending) {
            return false;
        }
        isSending = true;
        return true;
    }

    /** Whether nothing is waited for any more. */
    boolean isReady() {
        return isReady;
    }

    /** Notes that it is over: the answer has left, or none was wanted. */
    void onSent(long nowNanos) {
        metrics.onDone(requestBytes, answerBytes, nowNanos - startNanos);
    }

    boolean isSending() {
        return isSending;
    }

    /** What to send; null where the client waits for nothing. */
    @Nullable
    Send send() {
        return send;
    }

    @Override
    public String toString() {
        return handler.key() + " v" + call.version() + " of client '"
                + call.context().clientId() + "'";
    }

    /** The client waits for an answer and none can be sent: its connection must end, or it would wait for ever. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
