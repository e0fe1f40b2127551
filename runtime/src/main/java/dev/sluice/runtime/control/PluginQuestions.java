package dev.sluice.runtime.control;

import dev.sluice.api.connector.Connector;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.plugin.Resolution;
import dev.sluice.runtime.secret.SecretResolver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** Asks connectors that do not run something, each on a thread of its own, which is left behind if it does not answer. Any thread. */
final class PluginQuestions {
    private final Plugins plugins;
    private final SecretResolver resolver;
    private final Duration budget;

    PluginQuestions(Plugins plugins, SecretResolver resolver, Duration budget) {
        this.plugins = plugins;
        this.resolver = resolver;
        this.budget = budget;
    }

    /**
     * Asks a connector made for the question.
     *
     * @param settings the connector's settings, variables unresolved
     * @param question gets the connector and its settings
     * @return completes with the answer; fails with a {@link ConnectorException} where the connector refuses, fails, or
     *     does not answer within the budget
     */
    <T> CompletableFuture<T> ask(Map<String, String> settings, BiFunction<Connector, Map<String, String>, T> question) {
        return resolver.resolve(settings).thenCompose(resolved -> askResolved(resolved.values(), question));
    }

    private <T> CompletableFuture<T> askResolved(
            Map<String, String> settings, BiFunction<Connector, Map<String, String>, T> question) {
        Resolution resolution = plugins.findConnector(ConnectorConfig.connectorClass(settings));
        String className = resolution.descriptor().className();
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> answer.completeAsync(() -> answer(resolution, settings, question), Runnable::run),
                "ask-" + className);
        thread.setDaemon(true);
        thread.start();
        return answer.orTimeout(budget.toMillis(), TimeUnit.MILLISECONDS).exceptionallyCompose(failure -> {
            thread.interrupt();
            return CompletableFuture.failedFuture(inWords(className, failure));
        });
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private <T> T answer(
            Resolution resolution,
            Map<String, String> settings,
            BiFunction<Connector, Map<String, String>, T> question) {
        LoadedPlugin<Connector> loaded = plugins.instantiate(resolution.plugin(), Connector.class);
        try (PluginContext context = loaded.enter()) {
            return question.apply(loaded.plugin(), settings);
        }
    }

    private Throwable inWords(String className, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (failure instanceof TimeoutException || cause instanceof TimeoutException) {
            return new ConnectorException("Cannot ask " + className + ": it did not answer within " + budget.toMillis()
                    + " ms (task.call.timeout.ms).");
        }
        return cause instanceof ConnectorException
                ? cause
                : new ConnectorException("Cannot ask " + className + ": it failed with " + cause + ".", cause);
    }
}
