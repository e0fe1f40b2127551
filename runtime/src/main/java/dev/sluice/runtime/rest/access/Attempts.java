package dev.sluice.runtime.rest.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong passwords of a name from an address. The fourth in a row makes it wait a second, and each further one twice as
 * long, up to a minute. Bounded: when it is full, what is forgiven goes first, then all. Filling it takes a hash per entry.
 */
final class Attempts {
    private static final int FREE = 3;
    private static final long WAIT_SECONDS_MAX = 60;
    private static final long FORGIVEN_SECONDS = 900;
    private static final int ENTRIES_MAX = 10_000;

    private final Map<String, Wrong> wrong = new ConcurrentHashMap<>();

    /** How often it was wrong, and until when nobody listens. */
    private record Wrong(int count, long untilNanos) {}

    /** Returns how many seconds to wait before the next password is looked at; 0 for none. */
    long secondsLeft(String who, long nowNanos) {
        Wrong last = wrong.get(who);
        long left = last == null ? 0 : last.untilNanos - nowNanos;
        return left <= 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(left - 1) + 1;
    }

    void wrong(String who, long nowNanos) {
        if (wrong.size() >= ENTRIES_MAX) {
            makeRoom(nowNanos);
        }
        wrong.compute(who, (name, last) -> next(last, nowNanos));
    }

    private static Wrong next(@Nullable Wrong last, long nowNanos) {
        int count = last == null || isForgiven(last, nowNanos) ? 1 : last.count + 1;
        int doublings = Math.min(count - FREE - 1, Long.SIZE / 4);
        long seconds = count <= FREE ? 0 : Math.min(WAIT_SECONDS_MAX, 1L << doublings);
        return new Wrong(count, nowNanos + TimeUnit.SECONDS.toNanos(seconds));
    }

    void right(String who) {
        wrong.remove(who);
    }

    private void makeRoom(long nowNanos) {
        wrong.values().removeIf(last -> isForgiven(last, nowNanos));
        if (wrong.size() >= ENTRIES_MAX) {
            wrong.clear();
        }
    }

    private static boolean isForgiven(Wrong last, long nowNanos) {
        return nowNanos - last.untilNanos > TimeUnit.SECONDS.toNanos(FORGIVEN_SECONDS);
    }
}
