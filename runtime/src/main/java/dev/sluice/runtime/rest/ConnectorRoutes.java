package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.HerderView;
import dev.sluice.runtime.control.TaskView;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connectors, their settings, states and tasks: {@code GET /connectors…}. */
final class ConnectorRoutes {
    private final Supplier<HerderView> herder;

    private ConnectorRoutes(Supplier<HerderView> herder) {
        this.herder = herder;
    }

    static void addTo(Router router, Supplier<HerderView> herder) {
        ConnectorRoutes routes = new ConnectorRoutes(herder);
        Routes.get(router, "/connectors", routes::list);
        Routes.get(router, "/connectors/:name", context -> Shapes.info(routes.connector(context)));
        Routes.get(
                router,
                "/connectors/:name/config",
                context -> routes.connector(context).config());
        Routes.get(router, "/connectors/:name/status", routes::status);
        Routes.get(router, "/connectors/:name/tasks", routes::tasks);
        Routes.get(router, "/connectors/:name/tasks/:task/status", routes::taskStatus);
    }

    /** Names, or with {@code expand} an object per name with what was asked for. */
    private Object list(RoutingContext context) {
        List<ConnectorView> connectors = herder.get().connectors();
        List<String> expansions = context.queryParam("expand");
        if (expansions.isEmpty()) {
            return connectors.stream().map(ConnectorView::name).toList();
        }
        Map<String, @Nullable Object> all = Shapes.object();
        for (ConnectorView connector : connectors) {
            all.put(connector.name(), expanded(connector, expansions));
        }
        return all;
    }

    private static Map<String, @Nullable Object> expanded(ConnectorView connector, List<String> expansions) {
        Map<String, @Nullable Object> parts = Shapes.object();
        if (expansions.contains("status")) {
            parts.put("status", Shapes.status(connector));
        }
        if (expansions.contains("info")) {
            parts.put("info", Shapes.info(connector));
        }
        return parts;
    }

    private ConnectorView connector(RoutingContext context) {
        return find(context, "Connector " + name(context) + " not found");
    }

    private ConnectorView find(RoutingContext context, String orElse) {
        return herder.get().connector(name(context)).orElseThrow(() -> new NotFoundException(orElse));
    }

    private static String name(RoutingContext context) {
        return String.valueOf(context.pathParam("name"));
    }

    private Object status(RoutingContext context) {
        return Shapes.status(find(context, "No status found for connector " + name(context)));
    }

    private Object tasks(RoutingContext context) {
        ConnectorView connector = connector(context);
        return connector.tasks().stream()
                .map(task -> Shapes.task(connector, task))
                .toList();
    }

    private Object taskStatus(RoutingContext context) {
        String wanted = String.valueOf(context.pathParam("task"));
        for (TaskView task : connector(context).tasks()) {
            if (Integer.toString(task.index()).equals(wanted)) {
                return Shapes.taskStatus(task);
            }
        }
        throw new NotFoundException("No status found for task " + name(context) + "-" + wanted);
    }
}
