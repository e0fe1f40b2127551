package dev.sluice.broker.security;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that do the slow sums of handshakes and logins. Invariant 6: {@value #WAITING_MAX} may wait, more are refused,
 * which ends their connections. The threads go when nobody comes.
 */
public final class LoginThreads implements Executor, AutoCloseable {
    private static final int WAITING_MAX = 1000;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /** Makes as many threads as half of the processors, so that logins never take the machine from those who are in. */
    public LoginThreads() {
        int threadCount = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                work -> {
                    Thread thread = new Thread(work, "login-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable work) {
        executor.execute(work);
    }

    /** Ends the threads; what waits is not done. */
    @Override
    public void close() {
        var unused = executor.shutdownNow();
    }
}
