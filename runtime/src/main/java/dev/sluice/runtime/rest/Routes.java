package dev.sluice.runtime.rest;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.runtime.control.HerderView;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of all routes, and what they have in common. */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String JSON = "application/json";

    private Routes() {}

    static Router router(Vertx vertx, List<PluginDescriptor> plugins, Supplier<HerderView> herder) {
        Router router = Router.router(vertx);
        RootRoutes.addTo(router, herder);
        ConnectorRoutes.addTo(router, herder);
        PluginRoutes.addTo(router, plugins);
        router.errorHandler(400, context -> Answers.sendError(context.request(), 400, "HTTP 400 Bad Request"));
        router.errorHandler(404, context -> Answers.sendError(context.request(), 404, "HTTP 404 Not Found"));
        router.errorHandler(405, context -> Answers.sendError(context.request(), 405, "HTTP 405 Method Not Allowed"));
        router.errorHandler(406, context -> Answers.sendError(context.request(), 406, "HTTP 406 Not Acceptable"));
        router.errorHandler(500, Routes::answerFailure);
        return router;
    }

    /** Adds a path that is read, with and without a slash at its end. */
    static void get(Router router, String path, Function<RoutingContext, Object> answer) {
        List<Route> routes =
                path.equals("/") ? List.of(router.route(path)) : List.of(router.route(path), router.route(path + "/"));
        for (Route route : routes) {
            route.method(HttpMethod.GET).method(HttpMethod.HEAD).produces(JSON);
            route.handler(context -> Answers.send(context.request(), 200, answer.apply(context)));
        }
    }

    private static void answerFailure(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof NotFoundException) {
            Answers.sendError(context.request(), 404, String.valueOf(failure.getMessage()));
            return;
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("path", context.request().path())
                .log("request failed");
        Answers.sendError(context.request(), 500, "The request failed inside the worker; its log has the reason.");
    }
}
