package dev.sluice.runtime.task;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Commands and wake-ups for one task thread. Anybody posts; the owner runs them between its steps, so they need no lock.
 *
 * <p>Bounded without a number: wake-ups are merged into one, and the others come from the herder, a few per change of
 * state, and from batches in flight, which are bounded themselves.
 */
final class Mailbox {
    private static final Runnable NOTHING = Mailbox::doNothing;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean wakePending = new AtomicBoolean();

    private static void doNothing() {}

    /** Leaves a command; any thread. */
    void post(Runnable command) {
        queue.add(command);
    }

    /** Ends the owner's wait, if it waits; any thread, as often as you like. */
    void wake() {
        if (wakePending.compareAndSet(false, true)) {
            queue.add(NOTHING);
        }
    }

    /** Runs what is there; owner only. */
    void run() {
        run(queue.poll());
    }

    /** Waits for something to come, at most as long as given, and runs what is there; owner only. */
    void await(Duration limit) throws InterruptedException {
        run(queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void run(@Nullable Runnable first) {
        Runnable next = first;
        while (next != null) {
            if (next == NOTHING) {
                wakePending.set(false);
            } else {
                next.run();
            }
            next = queue.poll();
        }
    }
}
