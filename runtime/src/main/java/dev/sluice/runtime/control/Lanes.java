package dev.sluice.runtime.control;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets changes of one connector happen one after the other, and those of different connectors beside each other. Any thread. */
final class Lanes {
    private final Map<String, CompletableFuture<?>> tails = new ConcurrentHashMap<>();

    /** Begins a change when all earlier ones of the connector are done, however they ended. */
    <T> CompletableFuture<T> enter(String connector, Supplier<CompletableFuture<T>> change) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> own = result.handle((done, failure) -> done);
        CompletableFuture<?> before = tails.put(connector, own);
        if (before == null) {
            begin(change, result);
        } else {
            CompletableFuture<?> unused = before.whenComplete((done, failure) -> begin(change, result));
        }
        CompletableFuture<?> last = own.whenComplete((done, failure) -> tails.remove(connector, own));
        return result.isDone() && last.isDone() ? result : result.copy();
    }

    private static <T> void begin(Supplier<CompletableFuture<T>> change, CompletableFuture<T> result) {
        try {
            CompletableFuture<T> unused = change.get().whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(done);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | Error refused) { // Whoever waits must hear of it.
            result.completeExceptionally(refused);
        }
    }
}
