package dev.sluice.runtime.task;

import dev.sluice.api.plugin.PluginMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Keeps the metrics of one task's plugin in memory, by name and tags; any thread. */
public final class TaskMetrics implements PluginMetrics {
    /** Bounds the memory that a plugin can take by metrics without end. */
    private static final int METRICS_MAX = 1_000;

    private final Map<Key, Metric> metrics = new ConcurrentHashMap<>();

    private enum Kind {
        COUNTER,
        HISTOGRAM,
        GAUGE
    }

    /** What makes a metric the same one. */
    private record Key(Kind kind, String name, Map<String, String> tags) {}

    /**
     * One metric of a plugin.
     *
     * @param name as the plugin has it
     * @param description what it says
     * @param tags what tells it from others of that name
     * @param value where it stands
     */
    public record Metric(String name, String description, Map<String, String> tags, Value value) {}

    /** Where a metric stands. */
    public sealed interface Value permits Total, Spread, Asked {}

    @Override
    public Counter counter(String name, String description, Map<String, String> tags) {
        return (Total) add(Kind.COUNTER, name, description, tags, new Total());
    }

    @Override
    public Histogram histogram(String name, String description, Map<String, String> tags) {
        return (Spread) add(Kind.HISTOGRAM, name, description, tags, new Spread());
    }

    @Override
    public void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value) {
        Key key = new Key(Kind.GAUGE, name, Map.copyOf(tags));
        if (metrics.size() < METRICS_MAX || metrics.containsKey(key)) {
            metrics.put(key, new Metric(name, description, key.tags(), new Asked(value)));
        }
    }

    /** Beyond the bound a plugin may go on counting, but nobody sees it. */
    private Value add(Kind kind, String name, String description, Map<String, String> tags, Value fresh) {
        Key key = new Key(kind, name, Map.copyOf(tags));
        if (metrics.size() >= METRICS_MAX && !metrics.containsKey(key)) {
            return fresh;
        }
        return metrics.computeIfAbsent(key, missing -> new Metric(name, description, key.tags(), fresh))
                .value();
    }

    /** Returns all metrics, in no order. */
    public List<Metric> all() {
        return List.copyOf(metrics.values());
    }

    /** Forgets all: the task has ended, and its plugin is not to be asked any more. */
    void clear() {
        metrics.clear();
    }

    /** A number that only grows. */
    public static final class Total implements Counter, Value {
        private final LongAdder total = new LongAdder();

        @Override
        public void add(long count) {
            total.add(count);
        }

        /** Returns the number. */
        public long value() {
            return total.sum();
        }
    }

    /** Amounts of whatever unit, by powers of four, from a thousandth to a thousand millions. */
    public static final class Spread implements Histogram, Value {
        private static final int BUCKETS = 22;
        private static final int FIRST_EXPONENT = -10;

        private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
        private final DoubleAdder sum = new DoubleAdder();

        @Override
        public void record(double value) {
            counts.incrementAndGet(bucketOf(value));
            sum.add(value);
        }

        static int bucketOf(double value) {
            if (!(value > upperBound(0))) {
                return 0;
            }
            int exponent = Math.getExponent(value);
            boolean isBound = value == Math.scalb(1.0, exponent);
            int steps = exponent - FIRST_EXPONENT - (isBound ? 1 : 0);
            return Math.min(steps / 2 + 1, BUCKETS - 1);
        }

        /** Returns how many buckets there are. */
        public static int bucketCount() {
            return BUCKETS;
        }

        /** Returns the greatest amount of a bucket; infinite for the last. */
        public static double upperBound(int bucket) {
            return bucket == BUCKETS - 1 ? Double.POSITIVE_INFINITY : Math.scalb(1.0, FIRST_EXPONENT + 2 * bucket);
        }

        /** Returns how many amounts a bucket holds. */
        public long count(int bucket) {
            return counts.get(bucket);
        }

        /** Returns all amounts together. */
        public double sum() {
            return sum.sum();
        }
    }

    /** A value that the plugin is asked for, which is code of the plugin: it may fail or hang. */
    public record Asked(DoubleSupplier supplier) implements Value {}
}
