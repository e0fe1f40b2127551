package dev.sluice.runtime.rest;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.runtime.control.Connectors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * All that the routes ask. None of it blocks but {@code metrics}, which is asked on a worker thread.
 *
 * @param connectors what runs, and what can be done with it
 * @param plugins what is installed, sinks first
 * @param masking hides the secrets in a connector's settings
 * @param metrics gives the text for Prometheus
 * @param loggers the log levels
 * @param pulse completes once the worker has done a small piece of work, to show that it can
 */
public record RestServices(
        Connectors connectors,
        List<PluginDescriptor> plugins,
        UnaryOperator<Map<String, String>> masking,
        Supplier<String> metrics,
        Loggers loggers,
        Supplier<CompletableFuture<?>> pulse) {
    /** Copies the list. */
    public RestServices {
        plugins = List.copyOf(plugins);
    }
}
