package dev.sluice.runtime.control;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets changes of one connector happen one after the other, and those of different connectors beside each other. Any thread. */
final class Lanes {
    private final Map<String, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

    /** Begins a change when all earlier ones of the connector are done, however they ended; the change must not block. */
    <T> CompletableFuture<T> enter(String connector, Supplier<CompletableFuture<T>> change) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> before = ends.put(connector, end);
        CompletableFuture<Void> free = before == null ? CompletableFuture.completedFuture(null) : before;
        return free.thenCompose(ready -> change.get()).whenComplete((done, failure) -> {
            ends.remove(connector, end);
            end.complete(null);
        });
    }
}
