package dev.sluice.runtime.control;

import dev.sluice.api.error.ErrorCategory;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the failures of a connector or task, and what is done about them.
 *
 * @param restarts how often it was started again by itself since it last ran well
 * @param runningSinceMillis since when it runs, in milliseconds since 1970-01-01T00:00Z; 0 if it does not
 * @param category what its last failure was; null if it has not failed
 * @param coordinates the record that failed it, such as {@code orders-3@1042}; null for none
 * @param nextAtMillis when it is started again; 0 if it is not
 */
public record Recovery(
        int restarts,
        long runningSinceMillis,
        @Nullable ErrorCategory category,
        @Nullable String coordinates,
        long nextAtMillis) {
    /** Nothing has failed. */
    public static final Recovery NONE = new Recovery(0, 0, null, null, 0);

    /** Returns whether it will be started again by itself. */
    public boolean isPlanned() {
        return nextAtMillis > 0;
    }

    /** It runs now. */
    Recovery running(long nowMillis) {
        return new Recovery(restarts, nowMillis, null, null, 0);
    }

    /** It failed. */
    Recovery failed(ErrorCategory newCategory, @Nullable String newCoordinates) {
        return new Recovery(restarts, runningSinceMillis, newCategory, newCoordinates, 0);
    }

    /** It will be started again. */
    Recovery planned(RestartPolicy.Restart restart) {
        return new Recovery(restart.number() - 1, 0, category, coordinates, restart.atMillis());
    }

    /** It is started again as planned. */
    Recovery startedAgain() {
        return new Recovery(restarts + 1, 0, null, null, 0);
    }
}
