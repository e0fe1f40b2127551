package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which connectors do not do what they should, and why: a pure function of views. */
final class ConnectorHealth {
    private ConnectorHealth() {}

    /** Returns an object for each connector or task that somebody should look at. */
    static List<Map<String, @Nullable Object>> sick(List<ConnectorView> connectors) {
        List<Map<String, @Nullable Object>> sick = new ArrayList<>();
        for (ConnectorView connector : connectors) {
            if (isSick(connector.status())) {
                sick.add(complaint(Shapes.object("connector", connector.name()), connector.status()));
            }
            for (TaskView task : connector.tasks()) {
                if (isSick(task.status())) {
                    sick.add(complaint(
                            Shapes.object("connector", connector.name(), "task", task.index()), task.status()));
                }
            }
        }
        return sick;
    }

    private static boolean isSick(StatusView status) {
        return status.state() == RunState.FAILED || status.state() == RunState.STUCK;
    }

    private static Map<String, @Nullable Object> complaint(Map<String, @Nullable Object> object, StatusView status) {
        object.put("verdict", status.state().name());
        String trace = status.trace();
        object.put("reason", trace == null ? "" : trace.lines().findFirst().orElse(""));
        return object;
    }
}
