package dev.sluice.runtime.rest;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What is measured, as Prometheus reads it. */
final class MetricsRoutes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final RestServices services;
    private final Executor worker;

    /**
     * Makes the route.
     *
     * @param worker runs what may take its time
     */
    MetricsRoutes(RestServices services, Executor worker) {
        this.services = services;
        this.worker = worker;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get(
                "/metrics",
                Description.read("Shows all metrics in the text form of Prometheus.", "MetricsText")
                        .as(TEXT),
                this::metrics));
    }

    /** Off the event loop: a thousand tasks make a text of megabytes. */
    private CompletableFuture<Answer> metrics(Call call) {
        return CompletableFuture.supplyAsync(
                () -> Answer.text(TEXT, services.metrics().get()), worker);
    }
}
