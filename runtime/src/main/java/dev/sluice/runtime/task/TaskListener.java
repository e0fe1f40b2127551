package dev.sluice.runtime.task;

import java.time.Duration;

/** Hears of one run of a connector or task. Calls come from its thread or the watchdog's: post them to your own. */
public interface TaskListener {
    /** It started. */
    void onRunning();

    /** It idles, as it was asked. */
    void onPaused();

    /** It goes on after a pause. */
    void onResumed();

    /** A plugin call did not come back within its budget. */
    void onStuck(Stage stage, Duration budget);

    /** The call came back after all. */
    void onUnstuck();

    /**
     * Too many records failed: it stands still before the next one, has stored what is done, and shall be paused with this
     * reason, a sentence. It goes on when it is resumed.
     */
    void onBudgetSpent(String reason);

    /** It failed; {@link #onEnded} follows, unless its {@code stop} hangs. */
    void onFailed(Failure failure);

    /** Its thread has ended, whatever the reason. The last call. */
    void onEnded();
}
