package dev.sluice.runtime.rest.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often a client asks: a bucket per address, filled at the permitted rate, that holds ten seconds' worth. Any
 * thread may ask. Bounded: full buckets are forgotten first, then all.
 */
public final class RateLimit {
    private static final int BURST_SECONDS = 10;
    private static final int ADDRESSES_MAX = 10_000;

    private final int perSecond;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(double left, long atNanos, boolean isPermitted) {}

    /**
     * Sets the rate.
     *
     * @param perSecond requests per second and address; 0 for no limit
     */
    public RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Takes one request of a client.
     *
     * @return 0 if it is permitted, else the seconds to wait
     */
    public long secondsToWait(String address, long nowNanos) {
        if (perSecond == 0) {
            return 0;
        }
        if (buckets.size() >= ADDRESSES_MAX) {
            makeRoom(nowNanos);
        }
        Bucket bucket = buckets.compute(address, (name, last) -> taken(last, nowNanos));
        return bucket.isPermitted ? 0 : Math.max(1, (long) Math.ceil((1 - bucket.left) / perSecond));
    }

    /** A request that is refused takes nothing: who keeps asking is let in at the permitted rate. */
    private Bucket taken(@Nullable Bucket last, long nowNanos) {
        double filled = last == null ? capacity() : filled(last, nowNanos);
        return filled < 1 ? new Bucket(filled, nowNanos, false) : new Bucket(filled - 1, nowNanos, true);
    }

    private double filled(Bucket bucket, long nowNanos) {
        double seconds = (double) (nowNanos - bucket.atNanos) / TimeUnit.SECONDS.toNanos(1);
        return Math.min(capacity(), bucket.left + seconds * perSecond);
    }

    private double capacity() {
        return (double) perSecond * BURST_SECONDS;
    }

    private void makeRoom(long nowNanos) {
        buckets.values().removeIf(bucket -> filled(bucket, nowNanos) >= capacity());
        if (buckets.size() >= ADDRESSES_MAX) {
            buckets.clear();
        }
    }
}
