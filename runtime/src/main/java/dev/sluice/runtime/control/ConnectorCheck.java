package dev.sluice.runtime.control;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.plugin.Resolution;
import dev.sluice.runtime.task.PluginAssembly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connector's settings before anything is stored: the framework's part, the plugin's own, its converters and
 * transformations. Plugin code runs on a thread made for the check, which is left behind if it does not answer.
 */
final class ConnectorCheck {
    /** Checks at once; more wait for their turn. */
    private static final int CHECKS_MAX = 16;

    private final Plugins plugins;
    private final WorkerConfig worker;
    private final ExecutorService checks = Executors.newFixedThreadPool(CHECKS_MAX, work -> {
        Thread thread = new Thread(work, "checks");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    ConnectorCheck(Plugins plugins, WorkerConfig worker) {
        this.plugins = plugins;
        this.worker = worker;
    }

    /**
     * Returns notes for people on settings that can be used. Blocks, at most as long as two plugin calls may take.
     *
     * <p>A plugin that does not answer in time is no mistake in the settings: that is one of the notes, and the connector
     * shows as STUCK or FAILED once it runs.
     *
     * @throws ConfigException with all problems at once
     */
    List<ConfigProblem> check(Map<String, String> settings) throws InterruptedException {
        Resolution resolution = plugins.findConnector(ConnectorConfig.connectorClass(settings));
        PluginKind kind = resolution.descriptor().kind();
        List<ConfigProblem> problems = new ArrayList<>(ConnectorConfig.spec(kind, settings)
                .openPrefix("")
                .validate(nullable(settings))
                .errors());
        List<ConfigProblem> notes = new ArrayList<>();
        Optional<PluginFindings> plugin = onOwnThread(resolution, () -> checkPlugin(resolution, settings), notes);
        plugin.ifPresent(findings -> findings.errors().stream()
                .filter(error ->
                        problems.stream().noneMatch(known -> known.key().equals(error.key())))
                .toList()
                .forEach(problems::add));
        if (problems.isEmpty()) {
            ConnectorConfig parsed = ConnectorConfig.parse(settings, kind, worker);
            onOwnThread(resolution, () -> checkPath(parsed), notes).ifPresent(problems::addAll);
            onOwnThread(resolution, () -> checkDelivery(resolution, parsed), notes)
                    .ifPresent(problems::addAll);
            plugin.ifPresent(findings -> notes.addAll(parsed.warnings(findings.spec())));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return notes;
    }

    /** As {@link #check}, without blocking; completes on a thread of the checks. */
    CompletableFuture<List<ConfigProblem>> checkLater(Map<String, String> settings) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return check(settings);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new ConnectorException("Cannot check the settings: the worker is closing.", interrupted);
                    }
                },
                checks);
    }

    /** Lets a check under way end at once, and all later ones; any thread. */
    void cancel() {
        checks.shutdown();
        cancelled.completeExceptionally(new ConnectorException("Cannot check the settings: the worker is closing."));
    }

    /** What a plugin says to settings. */
    private record PluginFindings(Set<ConfigProblem> errors, ConfigSpec spec) {}

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private PluginFindings checkPlugin(Resolution resolution, Map<String, String> settings) {
        LoadedPlugin<Connector> loaded = plugins.instantiate(resolution.plugin(), Connector.class);
        try (PluginContext context = loaded.enter()) {
            Set<ConfigProblem> errors = new LinkedHashSet<>(
                    loaded.plugin().validate(settings, ValidationProbe.OFFLINE).errors());
            return new PluginFindings(errors, loaded.plugin().configSpec());
        }
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private List<ConfigProblem> checkDelivery(Resolution resolution, ConnectorConfig settings) {
        if (settings.kind() != PluginKind.SOURCE
                || (!settings.requiresExactlyOnce() && settings.transactions().isEmpty())) {
            return List.of();
        }
        LoadedPlugin<SourceConnector> loaded = plugins.instantiate(resolution.plugin(), SourceConnector.class);
        try (PluginContext context = loaded.enter()) {
            SourceConnector connector = loaded.plugin();
            Config config = connector.configSpec().openPrefix("").parse(nullable(settings.originals()));
            return ExactlyOnceCheck.problems(settings, connector, config);
        }
    }

    /** Makes converters and transformations once, as a task would; returns what is wrong with their settings. */
    private List<ConfigProblem> checkPath(ConnectorConfig settings) {
        try {
            new PluginAssembly(plugins).taskPlugins(settings).close();
            return List.of();
        } catch (ConfigException wrong) {
            return wrong.problems();
        }
    }

    /** Returns what the check found; empty, with a note, if it did not answer. */
    private <T> Optional<T> onOwnThread(Resolution resolution, Supplier<T> check, List<ConfigProblem> notes)
            throws InterruptedException {
        String className = resolution.descriptor().className();
        CompletableFuture<T> answer = new CompletableFuture<>();
        // A thread of its own per check: one that hangs is left behind and holds up nobody.
        Thread thread = new Thread(() -> answer.completeAsync(check, Runnable::run), "check-" + className);
        thread.setDaemon(true);
        thread.start();
        Duration limit = worker.callTimeout();
        try {
            return Optional.of(answer.applyToEither(this.<T>cancellation(), found -> found)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            thread.interrupt();
            notes.add(ConfigProblem.warning(
                    "connector.class",
                    "Its settings could not be checked: " + className + " did not answer within " + limit.toMillis()
                            + " ms (task.call.timeout.ms).",
                    null));
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw inWords(className, failed.getCause());
        }
    }

    private <T> CompletableFuture<T> cancellation() {
        return cancelled.thenApply(never -> {
            throw new IllegalStateException("a cancellation only ever fails");
        });
    }

    private static ConnectorException inWords(String className, @Nullable Throwable cause) {
        return cause instanceof ConnectorException known
                ? known
                : new ConnectorException(
                        "Cannot check the settings: " + className + " failed with " + cause + ".", cause);
    }

    private static Map<String, @Nullable String> nullable(Map<String, String> settings) {
        return new LinkedHashMap<>(settings);
    }
}
