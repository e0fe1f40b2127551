package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.Connector;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connector's settings before anything is stored: the framework's part, the plugin's own, its converters and
 * transformations. Plugin code runs on a thread made for the check, which is left behind if it does not answer.
 */
final class ConnectorCheck {
    private final Plugins plugins;
    private final WorkerConfig worker;

    ConnectorCheck(Plugins plugins, WorkerConfig worker) {
        this.plugins = plugins;
        this.worker = worker;
    }

    /**
     * Returns what is remarkable about settings that can be used. Blocks, at most as long as a plugin call may take.
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
        ConfigSpec plugin = onOwnThread(resolution, () -> checkPlugin(resolution, settings, problems));
        if (problems.isEmpty()) {
            ConnectorConfig parsed = ConnectorConfig.parse(settings, kind, worker);
            onOwnThread(resolution, () -> checkPath(parsed, problems));
            if (problems.isEmpty()) {
                return parsed.warnings(plugin);
            }
        }
        throw new ConfigException(problems);
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private ConfigSpec checkPlugin(Resolution resolution, Map<String, String> settings, List<ConfigProblem> problems) {
        LoadedPlugin<Connector> loaded = plugins.instantiate(resolution.plugin(), Connector.class);
        try (PluginContext context = loaded.enter()) {
            Set<ConfigProblem> found = new LinkedHashSet<>(
                    loaded.plugin().validate(settings, ValidationProbe.OFFLINE).errors());
            problems.forEach(known -> found.removeIf(problem -> problem.key().equals(known.key())));
            problems.addAll(found);
            return loaded.plugin().configSpec();
        }
    }

    /** Makes converters and transformations once, as a task would. */
    private Boolean checkPath(ConnectorConfig settings, List<ConfigProblem> problems) {
        try {
            new PluginAssembly(plugins).taskPlugins(settings).close();
        } catch (ConfigException wrong) {
            problems.addAll(wrong.problems());
        }
        return Boolean.TRUE;
    }

    private <T> T onOwnThread(Resolution resolution, Supplier<T> check) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> answer.completeAsync(check, Runnable::run),
                "check-" + resolution.descriptor().className());
        thread.setDaemon(true);
        thread.start();
        Duration limit = worker.callTimeout();
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            thread.interrupt();
            throw new ConnectorException(
                    "Cannot check the settings: " + resolution.descriptor().className() + " did not answer within "
                            + limit.toMillis() + " ms. Look at what its validation waits for.",
                    slow);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ConnectorException known) {
                throw known;
            }
            throw new ConnectorException(
                    "Cannot check the settings: " + resolution.descriptor().className() + " failed with "
                            + failed.getCause() + ".",
                    failed.getCause());
        }
    }

    private static Map<String, @Nullable String> nullable(Map<String, String> settings) {
        return new LinkedHashMap<>(settings);
    }
}
