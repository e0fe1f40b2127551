package dev.sluice.broker.handler;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The appends of one connection that found the queue of the log full. They are tried again in their order (invariant 5), and
 * later appends wait behind them. Bounded by the requests that a connection may have under way. Used on the event loop of
 * the connection only.
 */
public final class Backlog {
    private static final long RETRY_MILLIS = 2;

    private final EventLoop loop;
    private final ArrayDeque<Waiting<?>> waiting = new ArrayDeque<>();

    /**
     * Makes an empty one.
     *
     * @param loop the connection
     */
    public Backlog(EventLoop loop) {
        this.loop = loop;
    }

    /** Tries an append now, or later until there is room. */
    <T> CompletableFuture<T> append(Supplier<Optional<CompletableFuture<T>>> attempt) {
        if (waiting.isEmpty()) {
            Optional<CompletableFuture<T>> started = attempt.get();
            if (started.isPresent()) {
                return started.get();
            }
            retryLater();
        }
        Waiting<T> next = new Waiting<>(attempt);
        waiting.add(next);
        return next.result;
    }

    private void retryLater() {
        var unused = loop.after(RETRY_MILLIS, this::retry);
    }

    private void retry() {
        while (!waiting.isEmpty()) {
            if (!waiting.element().tryStart()) {
                retryLater();
                return;
            }
            waiting.remove();
        }
    }

    private static final class Waiting<T> {
        private final Supplier<Optional<CompletableFuture<T>>> attempt;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Waiting(Supplier<Optional<CompletableFuture<T>>> attempt) {
            this.attempt = attempt;
        }

        boolean tryStart() {
            Optional<CompletableFuture<T>> started = attempt.get();
            if (started.isEmpty()) {
                return false;
            }
            var unused = started.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
            return true;
        }
    }
}
