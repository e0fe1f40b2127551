package dev.sluice.runtime.rest;

import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.rest.access.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Who answers and whether it is well: {@code /} and {@code /health}. */
final class HealthRoutes {
    /** Kafka Connect's own limit for a probe. */
    private static final long PROBE_MILLIS = 10_000;

    private final RestServices services;
    private final String version = SluiceVersion.current();

    HealthRoutes(RestServices services) {
        this.services = services;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                        "/",
                        Description.read("Says which version answers for which cluster.", "ServerInfo"),
                        Action.shows(this::server)),
                Endpoint.get(
                        "/health",
                        probe("Says whether the worker itself is well; connectors don't count.")
                                .answers(200, "WorkerStatus"),
                        this::health),
                Endpoint.get(
                        "/health/ready",
                        probe("Says whether the worker takes requests: its stores are loaded.")
                                .answers(200, "WorkerStatus"),
                        Action.shows(call -> healthy())),
                Endpoint.get(
                        "/health/connectors",
                        Description.read(
                                        "Says whether all connectors flow; 503 with names and reasons if not.",
                                        "ConnectorsHealth")
                                .answers(503, "ConnectorsHealth"),
                        call -> CompletableFuture.completedFuture(connectors())));
    }

    private static Description probe(String summary) {
        return Description.of(Role.ANYONE, summary);
    }

    private Object server(Call call) {
        return Shapes.object(
                "version",
                version,
                "commit",
                "unknown",
                "kafka_cluster_id",
                services.connectors().clusterId());
    }

    private CompletableFuture<Answer> health(Call call) {
        return services.pulse()
                .get()
                .thenApply(alive -> Answer.ok(healthy()))
                .completeOnTimeout(unhealthy(), PROBE_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(failed -> unhealthy());
    }

    private static Object healthy() {
        return Shapes.object(
                "status", "healthy", "message", "Worker has completed startup and is ready to handle requests.");
    }

    private static Answer unhealthy() {
        return Answer.json(
                500,
                Shapes.object(
                        "status",
                        "unhealthy",
                        "message",
                        "Worker was unable to handle this request and may be unable to handle other requests."));
    }

    /** What a worker answers that has not started yet. */
    static Answer starting() {
        return Answer.json(503, Shapes.object("status", "starting", "message", "Worker is still starting up."));
    }

    private Answer connectors() {
        return ConnectorHealth.answer(services.connectors().health());
    }
}
