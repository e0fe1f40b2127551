package dev.sluice.broker.metrics;

import static dev.sluice.broker.metrics.Metric.counter;
import static dev.sluice.broker.metrics.Metric.gauge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;

/** The metrics of the process that the broker runs in. */
public final class ProcessMetrics implements MetricSource {
    private static final Metric UPTIME = gauge("sluice_process_uptime_seconds", "Time since the process started.");
    private static final Metric CPU = counter("sluice_process_cpu_seconds_total", "Processor time of the process.");
    private static final Metric HEAP =
            gauge("sluice_process_heap_bytes", "Heap in use, with what is not collected yet.");
    private static final Metric HEAP_MAX = gauge("sluice_process_heap_max_bytes", "Heap that may be used at most.");
    private static final Metric BUFFERS =
            gauge("sluice_process_buffer_bytes", "Memory outside of the heap: direct buffers, mapped files.", "pool");
    private static final Metric THREADS = gauge("sluice_process_threads", "Threads that are alive.");
    private static final Metric FILES = gauge("sluice_process_open_files", "Open files and sockets.");
    private static final Metric FILES_MAX = gauge("sluice_process_open_files_max", "Files that may be open at most.");
    private static final Metric GC =
            counter("sluice_process_gc_seconds_total", "Time spent on collecting garbage.", "collector");

    @Override
    public List<Metric> definitions() {
        return List.of(UPTIME, CPU, HEAP, HEAP_MAX, BUFFERS, THREADS, FILES, FILES_MAX, GC);
    }

    @Override
    public void read(Samples into) {
        into.add(UPTIME, ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        into.add(HEAP, heap.getUsed());
        into.add(HEAP_MAX, heap.getMax());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            into.add(BUFFERS, pool.getMemoryUsed(), pool.getName());
        }
        into.add(THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            into.add(GC, collector.getCollectionTime() / 1e3, collector.getName());
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            into.add(CPU, system.getProcessCpuTime() / 1e9);
            into.add(FILES, system.getOpenFileDescriptorCount());
            into.add(FILES_MAX, system.getMaxFileDescriptorCount());
        }
    }
}
