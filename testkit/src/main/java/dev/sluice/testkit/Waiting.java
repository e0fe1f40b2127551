package dev.sluice.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition with a limit, so that no test needs a pause of a guessed length. */
public final class Waiting {
    /** How long a test waits for something that should happen at once, on a machine that is busy with other tests. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofMillis(5);

    private Waiting() {}

    /** Waits up to {@link #PATIENCE} until the condition holds; see {@link #until(String, Duration, Callable)}. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, PATIENCE, condition);
    }

    /**
     * Waits until the condition holds.
     *
     * @param what the condition in words, for the failure: {@code "the file exists"}
     * @param limit how long to wait at most
     * @param condition asked again and again, on the calling thread; what it throws ends the wait
     * @throws AssertionError if the limit passed
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        Boolean held = untilPresent(what, limit, () -> condition.call() ? Optional.of(true) : Optional.empty());
        assert held;
    }

    /**
     * Waits until there is something.
     *
     * @param what what is awaited, in words
     * @param limit how long to wait at most
     * @param source asked again and again, on the calling thread; what it throws ends the wait
     * @return what the source gave
     * @throws AssertionError if the limit passed
     */
    public static <T> T untilPresent(String what, Duration limit, Callable<Optional<T>> source) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = ask(what, source);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Waited " + limit + " in vain until " + what + ".");
            }
            pause(STEP);
        }
    }

    /** Rests between two looks at something that cannot be waited for; returns early if the thread is interrupted. */
    public static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    private static <T> Optional<T> ask(String what, Callable<Optional<T>> source) {
        try {
            return source.call();
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new AssertionError("Could not wait until " + what + ".", checked);
        }
    }
}
