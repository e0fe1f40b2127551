package dev.sluice.runtime.task;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses with jitter: each about twice the last one, between 80 and 120 per cent, up to a limit. */
final class Backoff {
    private static final double JITTER = 0.2;

    private final long firstMillis;
    private final long limitMillis;
    private long nextMillis;
    private int attempt;

    Backoff(Duration first, Duration limit) {
        this.firstMillis = first.toMillis();
        this.limitMillis = Math.max(limit.toMillis(), 1);
        this.nextMillis = firstMillis;
    }

    /** Returns the next pause. */
    Duration next() {
        attempt++;
        double factor = 1 - JITTER + ThreadLocalRandom.current().nextDouble(2 * JITTER);
        long pause = Math.min((long) (nextMillis * factor), limitMillis);
        nextMillis = Math.min(nextMillis * 2, limitMillis);
        return Duration.ofMillis(Math.max(pause, 1));
    }

    /** Starts from the first pause again. */
    void reset() {
        nextMillis = firstMillis;
        attempt = 0;
    }

    /** Returns how many pauses there were since the first. */
    int attempt() {
        return attempt;
    }
}
