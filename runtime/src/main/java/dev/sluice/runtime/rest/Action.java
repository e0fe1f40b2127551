package dev.sluice.runtime.rest;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request does. Runs on an event loop and returns at once; the future may complete on any thread. */
@FunctionalInterface
interface Action {
    /**
     * Carries out a request.
     *
     * @throws Refusal if the request cannot be understood or names nothing that is there
     */
    CompletableFuture<Answer> on(Call call);

    /** Makes an action that answers 200 with what a view already holds. */
    static Action shows(Function<Call, @Nullable Object> body) {
        return call -> CompletableFuture.completedFuture(Answer.ok(body.apply(call)));
    }
}
