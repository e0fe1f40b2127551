package dev.sluice.runtime.rest;

import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.control.HerderView;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** Who answers: {@code GET /}. */
final class RootRoutes {
    private RootRoutes() {}

    static void addTo(Router router, Supplier<HerderView> herder) {
        String version = SluiceVersion.current();
        Routes.get(
                router,
                "/",
                context -> Shapes.object(
                        "version",
                        version,
                        "commit",
                        "unknown",
                        "kafka_cluster_id",
                        herder.get().clusterId()));
    }
}
