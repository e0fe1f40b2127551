package dev.sluice.runtime.meter;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts latencies by powers of two, from 1 ms to more than an hour. One thread records, any reads. */
public final class Latencies {
    /** Bucket {@code i} ends at {@code 2^i} ms; the last has no end. */
    private static final int BUCKETS = 24;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final Count sumMillis = new Count();

    /** Records one latency; one from the future, by a clock that is ahead, counts as none. The one writer only. */
    public void record(long millis) {
        long latency = Math.max(millis, 0);
        int bucket = bucketOf(latency);
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
        sumMillis.add(latency);
    }

    /** Returns the bucket of a latency of 0 or more. */
    static int bucketOf(long millis) {
        int bucket = millis <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(millis - 1);
        return Math.min(bucket, BUCKETS - 1);
    }

    /** Returns how many buckets there are. */
    public static int bucketCount() {
        return BUCKETS;
    }

    /** Returns the highest latency of a bucket in seconds; infinite for the last. */
    public static double upperBoundSeconds(int bucket) {
        return bucket == BUCKETS - 1 ? Double.POSITIVE_INFINITY : (1L << bucket) / 1e3;
    }

    /** Returns how many latencies a bucket holds. */
    public long count(int bucket) {
        return counts.getOpaque(bucket);
    }

    /** Returns how many latencies there are. */
    public long count() {
        long all = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            all += count(bucket);
        }
        return all;
    }

    /** Returns the bound below which that share of the latencies lies, right to a factor of two; NaN without any. */
    public double quantileSeconds(double share) {
        long all = count();
        long wanted = (long) Math.ceil(all * share);
        long below = 0;
        for (int bucket = 0; bucket < BUCKETS && all > 0; bucket++) {
            below += count(bucket);
            if (below >= wanted) {
                return upperBoundSeconds(bucket);
            }
        }
        return Double.NaN;
    }

    /** Returns all latencies together. */
    public double sumSeconds() {
        return sumMillis.value() / 1e3;
    }
}
