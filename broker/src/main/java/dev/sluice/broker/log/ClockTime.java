package dev.sluice.broker.log;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/** Shows a Java clock to Kafka's classes. Waiting is left to the system's time. */
public final class ClockTime implements Time {
    private final Clock clock;

    /**
     * Shows a clock.
     *
     * @param clock tells the time
     */
    public ClockTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long milliseconds() {
        return clock.millis();
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object monitor, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        Time.SYSTEM.waitObject(monitor, condition, deadlineMillis);
    }

    @Override
    public Timer timer(long timeoutMillis) {
        return Time.SYSTEM.timer(timeoutMillis);
    }
}
