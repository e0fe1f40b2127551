package dev.sluice.connector.elasticsearch.bulk;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** How long to wait before another try: doubling, half of it left to chance, so that many tasks do not come back at once. */
final class Pauses {
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long ASKED_LIMIT_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DOUBLINGS_MAX = 30;

    private final long firstNanos;
    private final DoubleSupplier random;

    Pauses(Duration first, DoubleSupplier random) {
        this.firstNanos = first.toNanos();
        this.random = random;
    }

    /**
     * Returns the pause after so many failures.
     *
     * @param failures at least 1
     * @param asked what the server asks for at least, or null
     */
    long nanos(int failures, @Nullable Duration asked) {
        long doubled = firstNanos << Math.min(DOUBLINGS_MAX, failures - 1);
        long limit = Math.max(LIMIT_NANOS, firstNanos);
        long full = doubled >> Math.min(DOUBLINGS_MAX, failures - 1) == firstNanos ? Math.min(doubled, limit) : limit;
        long jittered = full / 2 + (long) (random.getAsDouble() * (full - full / 2));
        return asked == null ? jittered : Math.max(jittered, Math.min(asked.toNanos(), ASKED_LIMIT_NANOS));
    }
}
