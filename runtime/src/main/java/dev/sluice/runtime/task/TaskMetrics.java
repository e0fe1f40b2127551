package dev.sluice.runtime.task;

import dev.sluice.api.plugin.PluginMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Keeps the metrics of one task's plugin in memory, by name and tags; any thread. */
final class TaskMetrics implements PluginMetrics {
    private record Key(String name, Map<String, String> tags) {}

    private final Map<Key, CountingCounter> counters = new ConcurrentHashMap<>();
    private final Map<Key, SummingHistogram> histograms = new ConcurrentHashMap<>();
    private final Map<Key, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String description, Map<String, String> tags) {
        return counters.computeIfAbsent(new Key(name, Map.copyOf(tags)), key -> new CountingCounter());
    }

    @Override
    public Histogram histogram(String name, String description, Map<String, String> tags) {
        return histograms.computeIfAbsent(new Key(name, Map.copyOf(tags)), key -> new SummingHistogram());
    }

    @Override
    public void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value) {
        gauges.put(new Key(name, Map.copyOf(tags)), value);
    }

    private static final class CountingCounter implements Counter {
        private final LongAdder total = new LongAdder();

        @Override
        public void add(long count) {
            total.add(count);
        }
    }

    private static final class SummingHistogram implements Histogram {
        private final LongAdder count = new LongAdder();
        private final DoubleAdder sum = new DoubleAdder();

        @Override
        public void record(double value) {
            count.increment();
            sum.add(value);
        }
    }
}
