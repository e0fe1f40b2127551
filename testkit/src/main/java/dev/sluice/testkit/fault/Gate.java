package dev.sluice.testkit.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a fault waits for: until a test opens it, or for a while. Waits end when the proxy closes, as its threads are interrupted. */
public final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private final Duration limit;

    private Gate(Duration limit) {
        this.limit = limit;
    }

    /** Makes one that a test opens; by itself after ten minutes. */
    public static Gate closed() {
        return new Gate(Duration.ofMinutes(10));
    }

    /** Makes one that opens by itself, each time that much after it was reached. */
    public static Gate after(Duration wait) {
        return new Gate(wait);
    }

    /** Lets through all that wait and will. */
    public void open() {
        open.countDown();
    }

    void pass() throws InterruptedException {
        boolean opened = open.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        assert opened || open.getCount() == 1;
    }
}
