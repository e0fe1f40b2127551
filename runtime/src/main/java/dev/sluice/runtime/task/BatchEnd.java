package dev.sluice.runtime.task;

/** Why a batch ends at a record that stays where it is. */
sealed interface BatchEnd {
    /** Returns whether the task may be asked to flush what it has taken before. */
    boolean allowsFlush();

    /** The task fails there. */
    record Failed(Failure failure, boolean allowsFlush) implements BatchEnd {}

    /** The connector pauses there. */
    record BudgetSpent() implements BatchEnd {
        @Override
        public boolean allowsFlush() {
            return true;
        }
    }

    /** The task is stopped before more of it could be put. */
    record Stopped() implements BatchEnd {
        @Override
        public boolean allowsFlush() {
            return true;
        }
    }
}
