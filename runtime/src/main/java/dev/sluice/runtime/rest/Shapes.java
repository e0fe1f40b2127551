package dev.sluice.runtime.rest;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of Kafka Connect's answers, as pure functions of views. */
final class Shapes {
    private Shapes() {}

    /** Makes an object of names and values, in order. */
    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    /** ConnectorInfo. */
    static Map<String, @Nullable Object> info(ConnectorView connector) {
        List<Map<String, @Nullable Object>> tasks =
                connector.tasks().stream().map(task -> taskId(connector, task)).toList();
        return object(
                "name", connector.name(),
                "config", connector.config(),
                "tasks", tasks,
                "type", type(connector.kind()));
    }

    private static Map<String, @Nullable Object> taskId(ConnectorView connector, TaskView task) {
        return object("connector", connector.name(), "task", task.index());
    }

    /** ConnectorStateInfo. */
    static Map<String, @Nullable Object> status(ConnectorView connector) {
        List<Map<String, @Nullable Object>> tasks =
                connector.tasks().stream().map(Shapes::taskStatus).toList();
        return object(
                "name", connector.name(),
                "connector", state(object(), connector.status()),
                "tasks", tasks,
                "type", type(connector.kind()));
    }

    static Map<String, @Nullable Object> taskStatus(TaskView task) {
        return state(object("id", task.index()), task.status());
    }

    private static Map<String, @Nullable Object> state(Map<String, @Nullable Object> object, StatusView status) {
        object.put("state", status.state().name());
        object.put("worker_id", status.workerId());
        if (!status.version().isEmpty()) {
            object.put("version", status.version());
        }
        String trace = status.trace();
        if (trace != null && !trace.isEmpty()) {
            object.put("trace", trace);
        }
        return object;
    }

    /** TaskInfo. */
    static Map<String, @Nullable Object> task(ConnectorView connector, TaskView task) {
        return object("id", taskId(connector, task), "config", task.config());
    }

    /** PluginInfo. */
    static Map<String, @Nullable Object> plugin(PluginDescriptor plugin) {
        Map<String, @Nullable Object> object =
                object("class", plugin.className(), "type", plugin.kind().word());
        if (!plugin.version().isEmpty()) {
            object.put("version", plugin.version());
        }
        return object;
    }

    private static String type(PluginKind kind) {
        return kind.isConnector() ? kind.word() : "unknown";
    }
}
