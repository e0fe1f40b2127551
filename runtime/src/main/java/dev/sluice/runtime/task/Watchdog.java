package dev.sluice.runtime.task;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the plugin calls of all task threads. A call that passes its budget is reported as stuck; after twice the budget
 * its thread is interrupted, once; when the call comes back, that is reported too. One thread, which only looks.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Duration budget;
    private final LongSupplier nanoClock;
    private final Map<TaskThread, Watch> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    /** Starts the watchdog. It looks ten times per budget, but at least each second and at most each 10 milliseconds. */
    public Watchdog(Duration budget, LongSupplier nanoClock) {
        this.budget = budget;
        this.nanoClock = nanoClock;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "watchdog");
            thread.setDaemon(true);
            return thread;
        });
        long periodMillis = Math.min(Math.max(budget.toMillis() / 10, 10), 1_000);
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    void watch(TaskThread task) {
        watched.put(task, new Watch(task));
    }

    /** Returns how many threads that were given up still live. */
    public int abandonedThreads() {
        return (int) watched.keySet().stream()
                .filter(task -> task.isAbandoned() && task.isAlive())
                .count();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        try {
            watched.values().forEach(Watch::look);
            watched.keySet().removeIf(task -> !task.isAlive());
        } catch (Throwable unexpected) { // A scheduled job that throws is never run again.
            LOG.atError().setCause(unexpected).log("the watchdog stumbled and goes on");
        }
    }

    /** What the watchdog knows of one thread; used by its own thread only. */
    private final class Watch {
        private final TaskThread task;
        private PluginCalls.@Nullable Call stuck;
        private boolean interrupted;

        Watch(TaskThread task) {
            this.task = task;
        }

        void look() {
            PluginCalls.Call call = task.calls().current();
            if (stuck != null && !PluginCalls.isSame(call, stuck)) {
                stuck = null;
                task.listener().onUnstuck();
            }
            if (call == null) {
                return;
            }
            long nanos = nanoClock.getAsLong() - call.startNanos();
            if (nanos > budget.toNanos() && stuck == null) {
                stuck = call;
                interrupted = false;
                warn(call, "a plugin call passed its budget; the task is stuck");
                task.listener().onStuck(call.stage(), budget);
            }
            if (nanos > 2 * budget.toNanos() && !interrupted) {
                interrupted = true;
                warn(call, "a plugin call passed twice its budget; its thread is interrupted");
                task.calls().interruptSlow(call);
            }
        }

        private void warn(PluginCalls.Call call, String message) {
            LOG.atError()
                    .addKeyValue("connector", task.id().connector())
                    .addKeyValue("task", task.id().index())
                    .addKeyValue("stage", call.stage())
                    .addKeyValue("durationMs", budget.toMillis())
                    .log(message);
        }
    }
}
