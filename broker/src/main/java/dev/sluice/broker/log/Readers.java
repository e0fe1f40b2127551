package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read segments for everybody. Callers wait here rather than in the file channel, so that their
 * interrupts reach only themselves. Invariant 6: at most {@code queued.max.requests} reads wait, more are refused.
 */
final class Readers {
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor executor;

    Readers(int threadCount, int requestsMax) {
        executor = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(requestsMax),
                BrokerThread.named("log-read", true));
        executor.allowCoreThreadTimeOut(true);
    }

    <T> CompletableFuture<T> submit(Callable<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    result.complete(read.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    executor.isShutdown()
                            ? new BrokerException.Closed("Cannot read the log: the broker is closed.")
                            : new BrokerException.Overloaded("Cannot read the log: "
                                    + executor.getQueue().size() + " reads are waiting already. "
                                    + "Raise queued.max.requests or read less often."));
        }
        return result;
    }

    /** Reads and waits for it; directly where the caller is a thread of the broker. */
    <T> T call(Callable<T> read) {
        try {
            return BrokerThread.isCurrent() ? read.call() : submit(read).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Interrupted("Cannot read the log: the thread was interrupted.", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (Exception e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new IllegalStateException("a read should fail with a BrokerException", cause);
    }

    void shutDown() {
        executor.shutdown();
    }

    boolean awaitEnd(long timeoutMillis) throws InterruptedException {
        return executor.awaitTermination(timeoutMillis, TimeUnit.MILLISECONDS);
    }
}
