package dev.sluice.runtime.control;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param next the state from now on
 * @param commands what to do, in order
 */
record Plan(ClusterState next, List<Command> commands) {
    Plan {
        commands = List.copyOf(commands);
    }

    static Plan nothing(ClusterState state) {
        return new Plan(state, List.of());
    }
}
