package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.TaskView;
import java.util.ArrayList;
import java.util.List;

/** Says what a connector is busy with, in a sentence. */
final class Stages {
    private Stages() {}

    static String of(ConnectorView connector) {
        List<String> parts = new ArrayList<>();
        parts.add("Connector " + connector.name() + " is " + connector.status().state());
        for (TaskView task : connector.tasks()) {
            RunState state = task.status().state();
            if (state != RunState.RUNNING) {
                parts.add("task " + task.index() + " is " + state);
            }
        }
        return String.join(", ", parts) + ".";
    }
}
