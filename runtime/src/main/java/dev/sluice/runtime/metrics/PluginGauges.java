package dev.sluice.runtime.metrics;

import dev.sluice.runtime.task.TaskMetrics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks plugins for the values of their gauges, which is code of theirs: on a thread that is left behind if it hangs, and a
 * gauge that hung once is not asked again. Any thread; one reading at a time.
 */
final class PluginGauges {
    private static final Logger LOG = LoggerFactory.getLogger(PluginGauges.class);

    private final Duration limit;
    private final Set<DoubleSupplier> hung =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    PluginGauges(Duration limit) {
        this.limit = limit;
    }

    /** One reading, on a thread of its own. */
    private static final class Reading implements Runnable {
        private final List<TaskMetrics.Asked> gauges;
        private final Map<TaskMetrics.Asked, Double> values = new ConcurrentHashMap<>();
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile TaskMetrics.@Nullable Asked current;

        Reading(List<TaskMetrics.Asked> gauges) {
            this.gauges = gauges;
        }

        @Override
        public void run() {
            for (TaskMetrics.Asked gauge : gauges) {
                current = gauge;
                ask(gauge);
            }
            current = null;
            done.countDown();
        }

        private void ask(TaskMetrics.Asked gauge) {
            try {
                values.put(gauge, gauge.supplier().getAsDouble());
            } catch (Throwable failed) { // Whatever a plugin's gauge does, the others are read.
                LOG.atDebug().setCause(failed).log("a plugin's gauge failed");
            }
        }
    }

    /** Returns the values of those that answer in time. */
    synchronized Map<TaskMetrics.Asked, Double> ask(List<TaskMetrics.Asked> gauges) {
        List<TaskMetrics.Asked> asked = gauges.stream()
                .filter(gauge -> !hung.contains(gauge.supplier()))
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        Reading reading = new Reading(asked);
        Thread thread = new Thread(reading, "plugin-gauges");
        thread.setDaemon(true);
        thread.start();
        await(reading, thread);
        return Map.copyOf(reading.values);
    }

    private void await(Reading reading, Thread thread) {
        try {
            if (!reading.done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                giveUp(reading, thread);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp(Reading reading, Thread thread) {
        TaskMetrics.Asked slow = reading.current;
        thread.interrupt();
        if (slow != null) {
            hung.add(slow.supplier());
            LOG.atWarn()
                    .addKeyValue("plugin", slow.supplier().getClass().getName())
                    .addKeyValue("durationMs", limit.toMillis())
                    .log("a gauge of a plugin did not answer in time and is not asked again");
        }
    }
}
