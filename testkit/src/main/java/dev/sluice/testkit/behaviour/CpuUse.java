package dev.sluice.testkit.behaviour;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;

/** Measures the processor time of all threads of the JVM but the calling one; the JIT's and collector's do not count. */
final class CpuUse {
    private CpuUse() {}

    static Duration during(Runnable wait) {
        long before = total();
        wait.run();
        return Duration.ofNanos(Math.max(0, total() - before));
    }

    private static long total() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long own = Thread.currentThread().getId();
        // A thread that ended says -1.
        return Arrays.stream(threads.getAllThreadIds())
                .filter(id -> id != own)
                .map(id -> Math.max(0, threads.getThreadCpuTime(id)))
                .sum();
    }
}
