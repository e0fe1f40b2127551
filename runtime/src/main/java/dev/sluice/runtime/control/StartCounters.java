package dev.sluice.runtime.control;

import dev.sluice.runtime.task.TaskId;
import java.util.concurrent.atomic.LongAdder;

/** How the starts of connectors and tasks went since the worker started; any thread. */
public final class StartCounters {
    private final Tally connectors = new Tally();
    private final Tally tasks = new Tally();

    /** The starts of one kind. */
    public static final class Tally {
        private final LongAdder attempts = new LongAdder();
        private final LongAdder successes = new LongAdder();
        private final LongAdder failures = new LongAdder();

        void onAttempt() {
            attempts.increment();
        }

        void onSuccess() {
            successes.increment();
        }

        void onFailure() {
            failures.increment();
        }

        /** Returns how many starts there were, those included that last. */
        public long attempts() {
            return attempts.sum();
        }

        /** Returns how many went well. */
        public long successes() {
            return successes.sum();
        }

        /** Returns how many did not. */
        public long failures() {
            return failures.sum();
        }
    }

    Tally of(TaskId id) {
        return id.isConnector() ? connectors : tasks;
    }

    /** Returns the starts of connectors. */
    public Tally connectors() {
        return connectors;
    }

    /** Returns the starts of tasks. */
    public Tally tasks() {
        return tasks;
    }
}
