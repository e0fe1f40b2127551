package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.Plugins;
import java.util.List;
import java.util.Optional;

/** Finds a plugin of any kind that has settings to describe. */
final class PluginLookup {
    private static final List<PluginKind> KINDS =
            List.of(PluginKind.TRANSFORMATION, PluginKind.PREDICATE, PluginKind.CONVERTER, PluginKind.HEADER_CONVERTER);

    private final Plugins plugins;

    PluginLookup(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Returns the connector of that name, else a plugin of another kind. */
    InstalledPlugin find(String name) {
        ConfigException unknown;
        try {
            return plugins.findConnector(name).plugin();
        } catch (ConfigException noConnector) {
            unknown = noConnector;
        }
        return KINDS.stream()
                .flatMap(kind -> find(kind, name).stream())
                .findFirst()
                .orElseThrow(
                        () -> new ConfigException("Unknown plugin " + name + ". " + unknown.getMessage(), unknown));
    }

    private Optional<InstalledPlugin> find(PluginKind kind, String name) {
        try {
            return Optional.of(plugins.find(kind, name).plugin());
        } catch (ConfigException noneOfThisKind) {
            return Optional.empty();
        }
    }
}
