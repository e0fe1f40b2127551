package dev.sluice.runtime.task;

import dev.sluice.api.connector.Progress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a bounded job of a task is, and how long it has taken so far.
 *
 * @param now what the task said last
 * @param beganDone how much was done when it first spoke of this job, perhaps by an earlier run
 * @param millis the time from then until it spoke last
 */
public record TaskProgress(Progress now, long beganDone, long millis) {
    /** Follows what a task says; begins anew where it speaks of another job. */
    static final class Follower {
        private @Nullable Progress first;
        private long firstMillis;

        TaskProgress next(Progress newest, long nowMillis) {
            Progress known = first;
            if (known == null || !known.what().equals(newest.what()) || newest.done() < known.done()) {
                known = newest;
                first = newest;
                firstMillis = nowMillis;
            }
            return new TaskProgress(newest, known.done(), Math.max(nowMillis - firstMillis, 0));
        }
    }

    /** Returns how many units are left as far as known; empty where the task knows no end. */
    public OptionalLong left() {
        OptionalLong total = now.total();
        return total.isEmpty() ? total : OptionalLong.of(Math.max(total.getAsLong() - now.done(), 0));
    }

    /** Returns how many records are left; 0 where the task counts something else or knows no end. */
    public long recordsLeft() {
        return now.unit().startsWith("bytes") ? 0 : left().orElse(0);
    }

    /** Returns the milliseconds that the rest takes if it goes on as before; empty before that can be told. */
    public OptionalLong leftMillis() {
        long since = now.done() - beganDone;
        if (left().isEmpty() || left().getAsLong() == 0) {
            return left();
        }
        return since <= 0 || millis <= 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round((double) left().getAsLong() * millis / since));
    }
}
