package dev.sluice.runtime.control;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.config.RestartSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether and when something that failed is started again. Pure. */
final class RestartPolicy {
    private static final double JITTER = 0.2;

    private RestartPolicy() {}

    /**
     * A start to come.
     *
     * @param number counts the starts since it last ran well, from 1
     * @param atMillis when, in milliseconds since 1970-01-01T00:00Z
     */
    record Restart(int number, long atMillis) {}

    /**
     * Returns when to start again, or empty to leave it failed. A wrong setting and a bad record fail the same way next time,
     * so only a change by somebody helps; everything else may pass. Pauses double, each between 80 and 120 per cent of its
     * turn, so that many tasks which failed together do not come back together.
     *
     * @param recovery what is known, the failure included
     * @param nowMillis the time
     * @param chance a random number from 0 to below 1
     */
    static Optional<Restart> decide(RestartSettings settings, Recovery recovery, long nowMillis, double chance) {
        if (!settings.isOnFailure() || !canPass(recovery.category())) {
            return Optional.empty();
        }
        long running = recovery.runningSinceMillis();
        boolean ranWell =
                running > 0 && nowMillis - running >= settings.resetAfter().toMillis();
        int number = (ranWell ? 0 : recovery.restarts()) + 1;
        if (number > settings.attemptsMax()) {
            return Optional.empty();
        }
        double factor = 1 - JITTER + 2 * JITTER * chance;
        double doubled = (double) settings.backoff().toMillis() * Math.pow(2, Math.min(number - 1, 62));
        long pause =
                (long) Math.min(doubled * factor, (double) settings.backoffMax().toMillis());
        return Optional.of(new Restart(number, nowMillis + Math.max(pause, 1)));
    }

    private static boolean canPass(@Nullable ErrorCategory category) {
        return category == ErrorCategory.RETRIABLE || category == ErrorCategory.TASK;
    }
}
