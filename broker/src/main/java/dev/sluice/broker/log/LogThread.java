package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.metrics.Histogram;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.server.common.RequestLocal;

/**
 * The one thread that writes to its partitions, and the bounded queue before it. Invariant 6: at most
 * {@code queued.max.requests} steps and {@code queued.max.request.bytes} bytes wait. Steps that come from a thread of the
 * broker itself, such as a callback of an earlier append, do not wait for room, because they could wait for themselves.
 */
final class LogThread {
    private final ThreadPoolExecutor executor;
    private final Semaphore requestRoom;
    private final Semaphore byteRoom;
    private final int bytesMax;
    private final Histogram queued;
    private final SyncRound round = new SyncRound();
    private final RequestLocal buffers = RequestLocal.withThreadConfinedCaching();

    LogThread(int number, int requestsMax, int bytesMax, Histogram queued) {
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // bounded by the two semaphores
                BrokerThread.named("log-" + number, false));
        requestRoom = new Semaphore(requestsMax);
        byteRoom = new Semaphore(bytesMax);
        this.bytesMax = bytesMax;
        this.queued = queued;
    }

    /** Appends that wait for the disk; only for steps on this thread. */
    SyncRound round() {
        return round;
    }

    /** Buffers for decompression; only for steps on this thread. */
    RequestLocal buffers() {
        return buffers;
    }

    /** Runs a step after all earlier ones; blocks while the queue is full. */
    <T> CompletableFuture<T> submit(int sizeBytes, Callable<T> step) {
        if (BrokerThread.isCurrent()) {
            return enqueue(step, () -> {});
        }
        int room = Math.min(sizeBytes, bytesMax);
        try {
            requestRoom.acquire();
        } catch (InterruptedException e) {
            return interrupted(e);
        }
        try {
            byteRoom.acquire(room);
        } catch (InterruptedException e) {
            requestRoom.release();
            return interrupted(e);
        }
        return enqueue(step, () -> release(room));
    }

    /** As {@link #submit}; empty while the queue is full. */
    <T> Optional<CompletableFuture<T>> trySubmit(int sizeBytes, Callable<T> step) {
        int room = Math.min(sizeBytes, bytesMax);
        if (!requestRoom.tryAcquire()) {
            return Optional.empty();
        }
        if (!byteRoom.tryAcquire(room)) {
            requestRoom.release();
            return Optional.empty();
        }
        return Optional.of(enqueue(step, () -> release(room)));
    }

    private void release(int room) {
        byteRoom.release(room);
        requestRoom.release();
    }

    private <T> CompletableFuture<T> enqueue(Callable<T> step, Runnable release) {
        CompletableFuture<T> result = new CompletableFuture<>();
        long startNanos = System.nanoTime();
        try {
            executor.execute(() -> {
                queued.record(System.nanoTime() - startNanos);
                complete(result, step, release);
                if (round.isFull() || executor.getQueue().isEmpty()) {
                    round.end();
                }
            });
        } catch (RejectedExecutionException e) {
            release.run();
            result.completeExceptionally(new BrokerException.Closed("Cannot use the log: the broker is closed."));
        }
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, Callable<T> step, Runnable release) {
        T value;
        try {
            value = step.call();
        } catch (Throwable e) {
            round.stepFailed();
            release.run();
            result.completeExceptionally(e);
            return;
        }
        release.run();
        if (!round.keep(new SyncRound.Answer<>(result, value))) {
            result.complete(value);
        }
    }

    private static <T> CompletableFuture<T> interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return CompletableFuture.failedFuture(new BrokerException.Interrupted(
                "Cannot append: the thread was interrupted while it waited for room in the queue of the log.", cause));
    }

    /** Takes no more steps; those that wait are still done. */
    void shutDown() {
        executor.shutdown();
    }

    /** Waits until the last step is done. */
    boolean awaitEnd(long timeoutMillis) throws InterruptedException {
        return executor.awaitTermination(timeoutMillis, TimeUnit.MILLISECONDS);
    }
}
