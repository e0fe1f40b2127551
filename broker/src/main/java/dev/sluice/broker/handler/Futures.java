package dev.sluice.broker.handler;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts futures together. */
final class Futures {
    private Futures() {}

    /** Waits for all and keeps their order; fails if one fails. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }
}
