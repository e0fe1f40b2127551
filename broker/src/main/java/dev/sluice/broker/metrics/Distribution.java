package dev.sluice.broker.metrics;

import java.util.List;

/**
 * How many durations fell into each bucket of a histogram.
 *
 * @param counts by bucket; bucket {@code i} ends at {@link #upperBoundSeconds}{@code (i)}, the last has no end
 * @param sumSeconds all durations together
 */
public record Distribution(List<Long> counts, double sumSeconds) implements Sample.Value {
    private static final long FIRST_BOUND_NANOS = 1024;

    /** Copies the counts. */
    public Distribution {
        counts = List.copyOf(counts);
    }

    /**
     * Returns where a bucket ends: about 1 µs for the first, and twice as much for each one after it.
     *
     * @param bucket its number
     * @return its highest duration; infinite for the last
     */
    public double upperBoundSeconds(int bucket) {
        return bucket == counts.size() - 1 ? Double.POSITIVE_INFINITY : (FIRST_BOUND_NANOS << bucket) / 1e9;
    }

    /** Returns how many durations there are. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the bucket of a duration. */
    static int bucketOf(long nanos, int bucketCount) {
        int bucket = nanos <= FIRST_BOUND_NANOS ? 0 : Long.SIZE - Long.numberOfLeadingZeros((nanos - 1) >>> 10);
        return Math.min(bucket, bucketCount - 1);
    }
}
