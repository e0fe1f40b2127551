package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A named thread that does one step after another and goes away while there are none; it may touch files. */
public final class SerialThread {
    private static final int IDLE_SECONDS = 10;
    private static final int STEPS_MAX = 10_000;
    private static final int STOP_SECONDS = 30;

    private final String name;
    private final ThreadPoolExecutor executor;

    /**
     * Names the thread.
     *
     * @param name its name
     */
    public SerialThread(String name) {
        this.name = name;
        executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(STEPS_MAX),
                BrokerThread.named(name, false));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Does a step after all earlier ones.
     *
     * @param step the step
     * @param <T> what it gives
     * @return its result, completed on the thread
     */
    public <T> CompletableFuture<T> submit(Callable<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    result.complete(step.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    executor.isShutdown()
                            ? new BrokerException.Closed("Cannot use the thread " + name + ": the broker is closed.")
                            : new BrokerException.Overloaded("Cannot use the thread " + name + ": " + STEPS_MAX
                                    + " steps are waiting already. Try again later."));
        }
        return result;
    }

    /** Ends the thread after the steps that wait. */
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
