package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.Connectors;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.rest.access.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the connectors are and do: everything that only looks at views. */
final class ConnectorRoutes {
    private final Connectors connectors;
    private final Shapes shapes;

    ConnectorRoutes(RestServices services) {
        this.connectors = services.connectors();
        this.shapes = new Shapes(services.mask());
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                        "/connectors",
                        Description.read("Lists the connectors: their names, or more with expand.", "ConnectorList")
                                .query(Parameter.text(
                                        "expand", "status or info, may be repeated; others are ignored.")),
                        Action.shows(this::list)),
                Endpoint.get(
                        "/connectors/{connector}",
                        Description.read("Shows a connector with its config and tasks.", "ConnectorInfo"),
                        Action.shows(call -> shapes.info(connector(call)))),
                Endpoint.get(
                        "/connectors/{connector}/config",
                        Description.read("Shows a connector's config, secrets masked.", "Config"),
                        Action.shows(call -> shapes.config(connector(call)))),
                Endpoint.get(
                        "/connectors/{connector}/status",
                        Description.read("Shows what a connector and its tasks do, and how they flow.", "Status"),
                        Action.shows(this::status)),
                Endpoint.get(
                        "/connectors/{connector}/tasks",
                        Description.read("Lists a connector's tasks with their configs.", "TaskInfos"),
                        Action.shows(this::tasks)),
                Endpoint.get(
                        "/connectors/{connector}/tasks/{task}/status",
                        Description.read("Shows what one task does.", "TaskStatus"),
                        Action.shows(this::taskStatus)),
                Endpoint.get(
                        "/connectors/{connector}/tasks-config",
                        Description.of(Role.READ, "Gone since Kafka Connect 4.0; names its replacement."),
                        Action.shows(ConnectorRoutes::tasksConfig)));
    }

    private Object list(Call call) {
        List<String> expansions = call.queries("expand");
        if (expansions.isEmpty()) {
            return connectors.names();
        }
        Map<String, @Nullable Object> all = Shapes.object();
        for (ConnectorView connector : connectors.all()) {
            all.put(connector.name(), expanded(connector, expansions));
        }
        return all;
    }

    private Map<String, @Nullable Object> expanded(ConnectorView connector, List<String> expansions) {
        Map<String, @Nullable Object> parts = Shapes.object();
        if (expansions.contains("status")) {
            parts.put("status", Shapes.status(connector));
        }
        if (expansions.contains("info")) {
            parts.put("info", shapes.info(connector));
        }
        return parts;
    }

    private ConnectorView connector(Call call) {
        return find(connectors, call.connector());
    }

    /** Finds a connector, or refuses in Kafka Connect's words. */
    static ConnectorView find(Connectors connectors, String name) {
        return connectors.connector(name).orElseThrow(() -> Refusal.notFound("Connector " + name + " not found"));
    }

    private Object status(Call call) {
        String name = call.connector();
        return withWarnings(connectors
                .connector(name)
                .orElseThrow(() -> Refusal.notFound("No status found for connector " + name)));
    }

    /** The status, and what is remarkable about the settings, where there is something. */
    private Map<String, @Nullable Object> withWarnings(ConnectorView connector) {
        Map<String, @Nullable Object> status = Shapes.status(connector);
        List<String> warnings = connectors.warnings(connector.name()).stream()
                .map(ConfigProblem::text)
                .toList();
        if (!warnings.isEmpty()) {
            status.put("warnings", warnings);
        }
        return status;
    }

    private Object tasks(Call call) {
        ConnectorView connector = connector(call);
        return connector.tasks().stream()
                .map(task -> shapes.task(connector, task))
                .toList();
    }

    private Object taskStatus(Call call) {
        String wanted = call.path("task");
        List<TaskView> tasks =
                connectors.connector(call.connector()).map(ConnectorView::tasks).orElse(List.of());
        for (TaskView task : tasks) {
            if (Integer.toString(task.index()).equals(wanted)) {
                return Shapes.taskStatus(task);
            }
        }
        throw Refusal.notFound("No status found for task " + call.connector() + "-" + wanted);
    }

    private static Object tasksConfig(Call call) {
        String name = call.connector();
        throw Refusal.notFound("GET /connectors/" + name + "/tasks-config is gone, as in Kafka Connect since 4.0.")
                .with("fix", "Use GET /connectors/" + name + "/tasks.");
    }
}
