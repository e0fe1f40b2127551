package dev.sluice.runtime.task;

import dev.sluice.runtime.config.BudgetSettings;

/**
 * Counts the records that were left out within a sliding window. Exact: it keeps the time of each record that counts, in a
 * ring of as many as the budget allows, made at the first one. Task thread.
 */
final class ErrorBudget {
    private final BudgetSettings settings;
    private long[] times = {};
    private int next;
    private int count;

    ErrorBudget(BudgetSettings settings) {
        this.settings = settings;
    }

    /** Returns whether one more record may be left out at this time. */
    boolean isLeft(long nowNanos) {
        return count < settings.recordCount()
                || nowNanos - times[next] > settings.window().toNanos();
    }

    /** Counts a record that is left out; where there was nothing left, the oldest one is forgotten. */
    void take(long nowNanos) {
        if (times.length == 0) {
            times = new long[settings.recordCount()];
        }
        times[next] = nowNanos;
        next = (next + 1) % times.length;
        count = Math.min(count + 1, times.length);
    }

    /** Begins anew. */
    void reset() {
        next = 0;
        count = 0;
    }
}
