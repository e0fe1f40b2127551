package dev.sluice.broker.quota;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Rate;

/**
 * What clients of one quota moved in the last 11 seconds, counted as Kafka's broker does. Its lock is held for a few
 * additions: the connections of one client may be on several event loops, and must be counted together.
 */
final class ClientRate {
    private static final MetricConfig WINDOWS = new MetricConfig().samples(11).timeWindow(1, TimeUnit.SECONDS);
    /** After this time without a request everything is forgotten anyway. */
    static final long WINDOW_MILLIS = 11_000;

    private final Rate rate = new Rate();
    private long lastMillis;

    /**
     * Counts bytes.
     *
     * @param bytes how many
     * @param limit bytes per second
     * @param nowMillis the time
     * @return how long the client must rest until its rate is the limit; 0 while it is below
     */
    synchronized long record(long bytes, double limit, long nowMillis) {
        lastMillis = nowMillis;
        rate.record(WINDOWS, (double) bytes, nowMillis);
        double measured = rate.measure(WINDOWS, nowMillis);
        return measured <= limit ? 0 : Math.round((measured - limit) / limit * rate.windowSize(WINDOWS, nowMillis));
    }

    synchronized boolean isIdle(long nowMillis) {
        return nowMillis - lastMillis > WINDOW_MILLIS;
    }
}
