package dev.sluice.runtime.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns Ctrl-C and SIGTERM into a clean stop by the main thread, after which the process ends with the exit code that the
 * main thread gives. Without it the JVM would end with 130 or 143 beside a main thread that still works.
 */
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Duration stopMax;
    private final Thread hook;

    private StopSignal(Duration stopMax) {
        this.stopMax = stopMax;
        // The JVM takes its shutdown hooks as threads only.
        this.hook = new Thread(this::stop, "stop-signal");
    }

    /**
     * Begins to listen.
     *
     * @param stopMax how long the main thread may take to stop
     */
    public static StopSignal install(Duration stopMax) {
        StopSignal signal = new StopSignal(stopMax);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /**
     * Waits until a stop is asked for or the time is over.
     *
     * @param max the time
     * @return whether a stop was asked for
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await(Duration max) throws InterruptedException {
        return asked.await(max.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Says that the main thread has stopped. If a signal asked for it, the process ends now.
     *
     * @param code the exit code
     */
    public void finish(int code) {
        try {
            if (!Runtime.getRuntime().removeShutdownHook(hook)) {
                throw new IllegalStateException("the stop signal was finished twice");
            }
        } catch (IllegalStateException shutdownHasBegun) {
            exitCode.complete(code);
        }
    }

    private void stop() {
        asked.countDown();
        int code;
        try {
            code = exitCode.get(stopMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            System.err.println("sluice: Cannot stop within " + stopMax.toSeconds()
                    + " s; ends now. What was not committed yet is done again at the next start.");
            code = Complaints.FAULT;
        }
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }
}
