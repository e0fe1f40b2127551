package dev.sluice.broker.handler;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;

/** Lets clients that wait for other members of their group go when the broker stops: they ask again for a coordinator. */
final class Stopping {
    private Stopping() {}

    /** The answer, or COORDINATOR_NOT_AVAILABLE where the stop is sooner. Called on the event loop. */
    static <T> CompletableFuture<T> orNotAvailable(EventLoop loop, CompletableFuture<T> answer) {
        if (answer.isDone()) {
            return answer;
        }
        CompletableFuture<T> sooner = answer.copy();
        var subscription =
                loop.onStop(() -> sooner.completeExceptionally(Errors.COORDINATOR_NOT_AVAILABLE.exception()));
        var unused = sooner.whenComplete((done, failure) -> loop.execute(subscription::close));
        return sooner;
    }
}
