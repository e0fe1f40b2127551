package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.config.PropertiesFile;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.secret.Redactor;
import dev.sluice.runtime.secret.Resolved;
import dev.sluice.runtime.secret.SecretResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A worker file as a command reads it: its remarks, and its settings with their variables replaced. Blocks where there are
 * variables, for which the plugin path is read.
 *
 * @param config the settings
 * @param warnings what is remarkable about the file itself
 */
record WorkerFile(WorkerConfig config, List<ConfigProblem> warnings) {
    private static final Duration LOOK_UP_MAX = Duration.ofSeconds(30);
    private static final String PLUGIN_PATH = "plugin.path";
    private static final String PROVIDERS = "config.providers";

    /**
     * Reads a file.
     *
     * @param file the file; null for a worker without one
     * @param prepareLog run before anything may be logged
     * @throws ConfigException with every fault of the file or of its settings
     */
    static WorkerFile read(@Nullable Path file, Runnable prepareLog) {
        PropertiesFile read = file == null
                ? new PropertiesFile(Path.of(""), Map.of(), List.of())
                : PropertiesFile.read(file, "worker file");
        return new WorkerFile(WorkerConfig.parse(resolved(read.settings(), prepareLog)), read.warnings());
    }

    private static Map<String, String> resolved(Map<String, String> settings, Runnable prepareLog) {
        if (!SecretResolver.hasVariables(settings)) {
            return settings;
        }
        refuseEarlyVariables(settings);
        prepareLog.run();
        List<Path> pluginPath = WorkerConfig.parse(early(settings)).pluginPath();
        try (Plugins plugins = Plugins.scan(StartUp.pluginPath(pluginPath), StartUp.pluginIndex());
                SecretResolver resolver =
                        SecretResolver.open(WorkerConfig.configProviders(settings), plugins, LOOK_UP_MAX)) {
            Resolved resolved = resolver.resolve(settings).join();
            Redactor.PROCESS.use(WorkerFile.class, resolved.secrets());
            return resolved.values();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof RuntimeException cause ? cause : refused;
        }
    }

    /** What must be known before there are providers cannot come from one. */
    private static void refuseEarlyVariables(Map<String, String> settings) {
        List<ConfigProblem> problems = new ArrayList<>();
        early(settings).forEach((name, value) -> {
            if (SecretResolver.hasVariables(Map.of(name, value))) {
                problems.add(ConfigProblem.error(
                        name,
                        "Cannot use a variable in " + name + ": it is needed to find the config providers.",
                        "Write the value itself."));
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static Map<String, String> early(Map<String, String> settings) {
        Map<String, String> early = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (name.equals(PLUGIN_PATH) || name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".")) {
                early.put(name, value);
            }
        });
        return early;
    }
}
