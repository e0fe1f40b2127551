package dev.sluice.broker.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by powers of two, from 1 µs to half a minute. Any thread may call; nobody waits. */
public final class Histogram {
    private static final int BUCKETS = 27;

    private final LongAdder[] counts = new LongAdder[BUCKETS];
    private final LongAdder sumNanos = new LongAdder();

    /** Counts nothing yet. */
    public Histogram() {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] = new LongAdder();
        }
    }

    /**
     * Counts a duration.
     *
     * @param nanos the duration in nanoseconds
     */
    public void record(long nanos) {
        counts[Distribution.bucketOf(nanos, BUCKETS)].increment();
        sumNanos.add(nanos);
    }

    /** Returns what was counted so far. */
    public Distribution read() {
        List<Long> read = new ArrayList<>(BUCKETS);
        for (LongAdder count : counts) {
            read.add(count.sum());
        }
        return new Distribution(read, sumNanos.sum() / 1e9);
    }
}
