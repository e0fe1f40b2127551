package dev.sluice.runtime.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector or task in the plan.
 *
 * @param state what it does
 * @param trace why it failed or is stuck, or null
 * @param isAlive whether its thread was started and has not ended
 * @param config a task's settings; empty for the connector itself
 */
record Unit(RunState state, @Nullable String trace, boolean isAlive, Map<String, String> config) {
    static Unit starting(Map<String, String> config) {
        return new Unit(RunState.UNASSIGNED, null, true, config);
    }

    Unit with(RunState newState, @Nullable String newTrace) {
        return new Unit(newState, newTrace, isAlive, config);
    }

    Unit ended() {
        return new Unit(state, trace, false, config);
    }
}
