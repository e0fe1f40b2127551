package dev.sluice.runtime.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector or task in the plan.
 *
 * @param run numbers its present or last run; 0 before the first
 * @param state what it does
 * @param trace why it failed or is stuck, or null
 * @param isAlive whether its thread was started and has not ended
 * @param startsAgain whether it starts anew once its thread has ended
 * @param config a task's settings; empty for the connector itself
 * @param recovery what is known of its failures
 */
record Unit(
        long run,
        RunState state,
        @Nullable String trace,
        boolean isAlive,
        boolean startsAgain,
        Map<String, String> config,
        Recovery recovery) {
    static Unit starting(long run, Map<String, String> config) {
        return new Unit(run, RunState.UNASSIGNED, null, true, false, config, Recovery.NONE);
    }

    /** One that has no thread and waits for a change of the target state. */
    static Unit resting(RunState state, Map<String, String> config) {
        return new Unit(0, state, null, false, false, config, Recovery.NONE);
    }

    Unit with(RunState newState, @Nullable String newTrace) {
        return new Unit(run, newState, newTrace, isAlive, startsAgain, config, recovery);
    }

    Unit with(Recovery newRecovery) {
        return new Unit(run, state, trace, isAlive, startsAgain, config, newRecovery);
    }

    /** Its thread has ended. */
    Unit ended() {
        return new Unit(run, state, trace, false, false, config, recovery);
    }

    /** Its thread was asked to end, and another follows. */
    Unit restarting() {
        return new Unit(run, RunState.RESTARTING, null, isAlive, true, config, recovery);
    }

    /** It has a new thread. */
    Unit started(long newRun, Recovery newRecovery) {
        return new Unit(newRun, RunState.UNASSIGNED, null, true, false, config, newRecovery);
    }

    boolean isFailed() {
        return state == RunState.FAILED;
    }
}
