package dev.sluice.runtime.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a task stand still once its failure budget is spent, until it is paused and resumed. Task thread. */
final class SpentBudget {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final TaskThread thread;
    private final RecordErrors errors;
    private @Nullable String reason;
    private boolean isPaused;

    SpentBudget(TaskThread thread, RecordErrors errors) {
        this.thread = thread;
        this.errors = errors;
    }

    /** Returns whether the budget is spent by now, so that the task stands still after this batch. */
    boolean isDue() {
        return errors.overspent() != null;
    }

    /** Tells the listener where the budget is spent; at the end of a batch, when the stored offsets say so too. */
    void onBatch() {
        reason = errors.overspent();
        if (reason != null) {
            isPaused = false;
            thread.listener().onBudgetSpent(reason);
        }
    }

    /** The task is paused: the next step is one after the pause. */
    void onPaused() {
        isPaused = true;
    }

    /** Returns whether the task stands still, after a wait; once it was paused and resumed, it goes on with a full budget. */
    boolean isWaiting() throws InterruptedException {
        if (reason == null) {
            return false;
        }
        if (isPaused) {
            reason = null;
            errors.reset();
            return false;
        }
        thread.mailbox().await(LOOK);
        return true;
    }
}
