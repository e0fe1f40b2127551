package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.ConnectorPlugins.Embedded;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.Plugins;
import java.util.List;
import java.util.Optional;

/** Proposes values for the settings that name a plugin or its version, and says which hold if they are left out. Pure. */
final class Proposals {
    private static final String VERSION = "plugin.version";

    private final Plugins plugins;
    private final WorkerConfig worker;

    Proposals(Plugins plugins, WorkerConfig worker) {
        this.plugins = plugins;
        this.worker = worker;
    }

    /** Returns what to propose for a setting of the framework; empty for all other settings. */
    List<String> of(String name, Subject subject) {
        return switch (name) {
            case "key.converter", "value.converter" -> classes(PluginKind.CONVERTER);
            case "header.converter" -> classes(PluginKind.HEADER_CONVERTER);
            default ->
                name.endsWith(VERSION) ? version(name, subject).map(List::of).orElse(List.of()) : step(name);
        };
    }

    /** Returns what holds for a setting of the framework that is left out, where its definition does not know it. */
    Optional<String> defaultOf(String name, Subject subject) {
        return switch (name) {
            case "key.converter" -> Optional.of(worker.keyConverter().className());
            case "value.converter" -> Optional.of(worker.valueConverter().className());
            case "header.converter" -> Optional.of(worker.headerConverter().className());
            default -> name.endsWith(VERSION) ? version(name, subject) : Optional.empty();
        };
    }

    private List<String> step(String name) {
        if (name.startsWith("transforms.") && name.endsWith(".type")) {
            return classes(PluginKind.TRANSFORMATION);
        }
        return name.startsWith("predicates.") && name.endsWith(".type") ? classes(PluginKind.PREDICATE) : List.of();
    }

    private List<String> classes(PluginKind kind) {
        return plugins.list().stream()
                .map(InstalledPlugin::descriptor)
                .filter(descriptor -> descriptor.kind() == kind)
                .map(PluginDescriptor::className)
                .toList();
    }

    private Optional<String> version(String name, Subject subject) {
        return plugin(name.substring(0, name.length() - VERSION.length()), subject)
                .map(plugin -> plugin.descriptor().version())
                .filter(version -> !version.equals(Plugin.UNKNOWN_VERSION));
    }

    private Optional<InstalledPlugin> plugin(String prefix, Subject subject) {
        for (Embedded part : subject.plugins().embedded()) {
            if (part.prefix().equals(prefix)) {
                return part.plugin();
            }
        }
        return switch (prefix) {
            case "connector." -> Optional.of(subject.connector().plugin());
            case "key.converter." ->
                find(PluginKind.CONVERTER, worker.keyConverter().className());
            case "value.converter." ->
                find(PluginKind.CONVERTER, worker.valueConverter().className());
            case "header.converter." ->
                find(PluginKind.HEADER_CONVERTER, worker.headerConverter().className());
            default -> Optional.empty();
        };
    }

    private Optional<InstalledPlugin> find(PluginKind kind, String name) {
        try {
            return Optional.of(plugins.find(kind, name).plugin());
        } catch (ConfigException missing) {
            return Optional.empty();
        }
    }
}
