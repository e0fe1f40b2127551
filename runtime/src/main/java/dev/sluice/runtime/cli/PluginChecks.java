package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConverterChoice;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.PluginProblem;
import dev.sluice.runtime.plugin.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the plugin path and at the converters that the worker names. */
final class PluginChecks {
    private PluginChecks() {}

    static List<Finding> all(WorkerConfig config) {
        List<Finding> findings = new ArrayList<>();
        List<Path> path = StartUp.pluginPath(config.pluginPath());
        // A check writes nothing, so that it remembers nothing either.
        try (Plugins plugins = Plugins.scan(path, null)) {
            long connectors = plugins.list().stream()
                    .filter(plugin -> plugin.descriptor().kind().isConnector())
                    .count();
            findings.add(Finding.ok(plugins.list().size() + " plugins, " + connectors + " connectors among them, in "
                    + (path.isEmpty() ? "no folder" : path)));
            plugins.problems().forEach(problem -> findings.add(finding(problem)));
            check(plugins, PluginKind.CONVERTER, "key.converter", config.keyConverter(), findings);
            check(plugins, PluginKind.CONVERTER, "value.converter", config.valueConverter(), findings);
            check(plugins, PluginKind.HEADER_CONVERTER, "header.converter", config.headerConverter(), findings);
        }
        return findings;
    }

    /** The worker starts without a broken plugin, so that it is no reason to refuse. */
    private static Finding finding(PluginProblem problem) {
        return switch (problem.severity()) {
            case BROKEN -> Finding.warning(problem.reason());
            case NOTE -> Finding.ok(problem.reason());
        };
    }

    private static void check(
            Plugins plugins, PluginKind kind, String key, ConverterChoice choice, List<Finding> findings) {
        try {
            findings.add(Finding.ok(
                    key + " is " + plugins.find(kind, choice.className()).plugin()));
        } catch (ConfigException e) {
            findings.add(Finding.problem(key + ": " + e.getMessage()));
        }
    }
}
