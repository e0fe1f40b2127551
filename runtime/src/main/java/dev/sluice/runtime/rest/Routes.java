package dev.sluice.runtime.rest;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The list of all routes. */
final class Routes {
    private Routes() {}

    /** Those of the ordinary listeners. */
    static List<Endpoint> main(RestServices services, Executor worker) {
        return Stream.of(
                        new HealthRoutes(services).endpoints(),
                        new ConnectorRoutes(services).endpoints(),
                        new ConfigRoutes(services).endpoints(),
                        new LifecycleRoutes(services).endpoints(),
                        new OffsetRoutes(services).endpoints(),
                        new PluginRoutes(services).endpoints(),
                        new MetricsRoutes(services, worker).endpoints())
                .flatMap(List::stream)
                .toList();
    }

    /** Those of the listeners of {@code /admin}. */
    static List<Endpoint> admin(RestServices services) {
        return new LoggerRoutes(services).endpoints();
    }

    /** All of both, with the document about them. */
    static List<Endpoint> withDocument(List<Endpoint> endpoints) {
        return Stream.concat(endpoints.stream(), Stream.of(OpenApi.endpoint(endpoints)))
                .toList();
    }
}
