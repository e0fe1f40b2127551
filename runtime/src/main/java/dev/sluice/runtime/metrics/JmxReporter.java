package dev.sluice.runtime.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the metrics over JMX as soon as there is anybody who could look.
 *
 * <p>Nothing is registered before the process has an MBean server, which the JVM makes when it is told to serve JMX, when a
 * tool attaches, or when an agent asks for it; until then a thread looks whether there is one, and that is all. Beans follow
 * what comes and goes with a delay of a period, which grows to some seconds where there are thousands of beans.
 */
final class JmxReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JmxReporter.class);
    private static final long CLOSE_SECONDS_MAX = 5;
    private static final long PERIOD_MILLIS_MAX = 5_000;
    /** A look that finds nothing new is to cost no more than this part of a core. */
    private static final long REST_PER_LOOK = 1_000;

    private final Readings readings;
    private final RecordingLevel level;
    private final Clock clock;
    private final long periodMillis;
    private final ScheduledExecutorService timer;
    /** Owned by the timer's thread. */
    private @Nullable Beans beans;

    JmxReporter(Readings readings, RecordingLevel level, Clock clock, Duration period) {
        this.readings = readings;
        this.level = level;
        this.clock = clock;
        this.periodMillis = period.toMillis();
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "metrics-jmx");
            thread.setDaemon(true);
            return thread;
        });
        lookAfter(periodMillis);
    }

    private void lookAfter(long millis) {
        ScheduledFuture<?> unused = timer.schedule(this::lookAndGoOn, millis, TimeUnit.MILLISECONDS);
    }

    private void lookAndGoOn() {
        long began = clock.millis();
        look();
        long rest = (clock.millis() - began) * REST_PER_LOOK;
        try {
            lookAfter(Math.min(Math.max(rest, periodMillis), Math.max(periodMillis, PERIOD_MILLIS_MAX)));
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().log("no look after the end");
        }
    }

    private void look() {
        try {
            if (beans == null) {
                beans = MBeanServerFactory.findMBeanServer(null).stream()
                        .findFirst()
                        .map(this::beansIn)
                        .orElse(null);
            }
            if (beans != null) {
                beans.refresh();
            }
        } catch (Throwable unexpected) { // Or nobody would look again.
            LOG.atWarn().setCause(unexpected).log("metrics over JMX stumbled and go on");
        }
    }

    private Beans beansIn(MBeanServer server) {
        return new Beans(server, readings, level, clock);
    }

    @Override
    public void close() {
        CountDownLatch cleared = new CountDownLatch(1);
        try {
            timer.execute(() -> {
                if (beans != null) {
                    beans.clear();
                }
                cleared.countDown();
            });
            timer.shutdown();
            if (!cleared.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.atWarn().log("metrics over JMX could not be taken away in time");
            }
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().log("closed already");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
        }
    }
}
