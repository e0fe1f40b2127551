package dev.sluice.testkit.fake;

import dev.sluice.api.plugin.PluginMetrics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Metrics in memory, to be read by name and tags. */
public final class FakeMetrics implements PluginMetrics {
    /** What makes two metrics one. */
    private record Id(String name, Map<String, String> tags) {}

    private final Map<Id, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Id, List<Double>> histograms = new ConcurrentHashMap<>();
    private final Map<Id, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String description, Map<String, String> tags) {
        LongAdder sum = counters.computeIfAbsent(new Id(name, Map.copyOf(tags)), id -> new LongAdder());
        return count -> {
            if (count < 0) {
                throw new IllegalArgumentException("Cannot add " + count + " to counter " + name + ": it only grows.");
            }
            sum.add(count);
        };
    }

    @Override
    public Histogram histogram(String name, String description, Map<String, String> tags) {
        return histograms.computeIfAbsent(new Id(name, Map.copyOf(tags)), id -> new CopyOnWriteArrayList<>())::add;
    }

    @Override
    public void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value) {
        gauges.put(new Id(name, Map.copyOf(tags)), value);
    }

    /** Returns a counter's sum over all tags; 0 if there is none of that name. */
    public long count(String name) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** Returns a counter's sum; 0 if there is none of that name and tags. */
    public long count(String name, Map<String, String> tags) {
        LongAdder sum = counters.get(new Id(name, tags));
        return sum == null ? 0 : sum.sum();
    }

    /** Returns what a histogram recorded, in order; empty if there is none of that name and tags. */
    public List<Double> recorded(String name, Map<String, String> tags) {
        return List.copyOf(histograms.getOrDefault(new Id(name, tags), List.of()));
    }

    /** Returns what a gauge says now, or empty if there is none of that name and tags. */
    public OptionalDouble gauge(String name, Map<String, String> tags) {
        DoubleSupplier value = gauges.get(new Id(name, tags));
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.getAsDouble());
    }
}
