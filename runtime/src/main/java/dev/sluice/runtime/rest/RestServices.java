package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.Connectors;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * All that the routes ask. None of it blocks but {@code metrics}, which is asked on a worker thread.
 *
 * @param connectors what runs, and what can be done with it
 * @param plugins what is installed, and what can be set
 * @param mask hides the secrets in settings
 * @param metrics gives the text for Prometheus
 * @param loggers the log levels
 * @param pulse completes once the worker has done a small piece of work, to show that it can
 */
public record RestServices(
        Connectors connectors,
        PluginConfigs plugins,
        SecretMask mask,
        Supplier<String> metrics,
        Loggers loggers,
        Supplier<? extends CompletableFuture<?>> pulse) {}
