package dev.sluice.runtime.control;

import java.util.ArrayList;
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

    /** Returns this plan with one more command at its end. */
    Plan and(Command last) {
        List<Command> all = new ArrayList<>(commands);
        all.add(last);
        return new Plan(next, all);
    }

    /** Returns this plan followed by what another one, made of this one's state, adds. */
    Plan then(Plan further) {
        List<Command> all = new ArrayList<>(commands);
        all.addAll(further.commands);
        return new Plan(further.next, all);
    }
}
