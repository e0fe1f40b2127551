package dev.sluice.testkit.task;

import dev.sluice.testkit.Waiting;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The thread of one task: runs calls one after the other, and gives up on a call that passes its limit. */
public final class TaskThread implements AutoCloseable {
    /** A call without a result. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    private final Duration limit;
    private final ExecutorService executor;
    private volatile @Nullable Thread thread;

    /** Creates a thread whose calls may take {@link Waiting#PATIENCE}. */
    public TaskThread(String name) {
        this(name, Waiting.PATIENCE);
    }

    /** Creates a thread whose calls may take so long. */
    public TaskThread(String name, Duration limit) {
        this.limit = limit;
        this.executor = Executors.newSingleThreadExecutor(runnable -> {
            Thread created = new Thread(runnable, "task-" + name);
            created.setDaemon(true);
            thread = created;
            return created;
        });
    }

    /**
     * Runs a call on the thread and waits for it.
     *
     * @param what the call in words, for the failure
     * @return what the call returned
     * @throws RuntimeException what the call threw, as it is
     * @throws AssertionError if the call passed the limit, with its stack, or threw a checked exception
     */
    public <T extends @Nullable Object> T call(String what, Callable<T> call) {
        return await(what, begin(call), limit);
    }

    /** Runs a call without a result; see {@link #call}. */
    public void run(String what, Action action) {
        Object nothing = call(what, () -> {
            action.run();
            return true;
        });
        assert nothing != null;
    }

    /** Starts a call on the thread and returns at once. */
    public <T extends @Nullable Object> Future<T> begin(Callable<T> call) {
        return executor.submit(call);
    }

    /** Waits for a call that was begun; fails as {@link #call} does. */
    public <T extends @Nullable Object> T await(String what, Future<T> call, Duration atMost) {
        try {
            return call.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw rethrown(what, failed.getCause());
        } catch (TimeoutException tooLong) {
            throw new AssertionError(what + " took more than " + atMost + "; it stands at " + stack(), tooLong);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + " was given up: the test was interrupted.", interrupted);
        }
    }

    /** Interrupts the call that is running. */
    public void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Returns the processor time that the thread has used. */
    public Duration cpuTime() {
        Thread running = thread;
        return Duration.ofNanos(
                running == null ? 0 : ManagementFactory.getThreadMXBean().getThreadCpuTime(running.getId()));
    }

    /** Ends the thread; a call that is running is interrupted and left behind. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static RuntimeException rethrown(String what, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new AssertionError(what + " threw a checked exception.", cause);
    }

    private String stack() {
        Thread running = thread;
        return running == null ? "no place" : Arrays.toString(running.getStackTrace());
    }
}
