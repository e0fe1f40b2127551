package dev.sluice.runtime.plugin;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.PluginKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that a connector's settings name: the connector itself, and those that work for it under a prefix.
 *
 * @param connector the connector; empty if nothing is installed under that name
 * @param embedded transformations, predicates, and converters of its own
 */
public record ConnectorPlugins(Optional<InstalledPlugin> connector, List<Embedded> embedded) {
    private static final String TYPE = "type";
    private static final String VERSION = "plugin.version";
    private static final Set<String> OF_STEP = Set.of(TYPE, "predicate", "negate", VERSION);
    private static final Set<String> OF_PREDICATE = Set.of(TYPE, VERSION);
    private static final Set<String> OF_CONVERTER = Set.of(VERSION);

    /** Copies the list in. */
    public ConnectorPlugins {
        embedded = List.copyOf(embedded);
    }

    /**
     * A plugin that works for a connector.
     *
     * @param prefix begins the names of its settings, with its last dot
     * @param key the setting that names it
     * @param kind what it is
     * @param frameworkNames names under the prefix that are the runtime's, not the plugin's
     * @param plugin the plugin; empty if nothing is installed under that name, or none is given
     */
    public record Embedded(
            String prefix, String key, PluginKind kind, Set<String> frameworkNames, Optional<InstalledPlugin> plugin) {}

    /** Reads which plugins settings name. */
    public static ConnectorPlugins of(Plugins plugins, Map<String, String> config) {
        List<Embedded> embedded = new ArrayList<>();
        for (String alias : aliases(config, "transforms")) {
            String prefix = "transforms." + alias + ".";
            embedded.add(embedded(plugins, config, prefix, prefix + TYPE, PluginKind.TRANSFORMATION, OF_STEP));
        }
        for (String alias : aliases(config, "predicates")) {
            String prefix = "predicates." + alias + ".";
            embedded.add(embedded(plugins, config, prefix, prefix + TYPE, PluginKind.PREDICATE, OF_PREDICATE));
        }
        for (String key : List.of("key.converter", "value.converter", "header.converter")) {
            if (config.containsKey(key)) {
                PluginKind kind = key.startsWith("header") ? PluginKind.HEADER_CONVERTER : PluginKind.CONVERTER;
                embedded.add(embedded(plugins, config, key + ".", key, kind, OF_CONVERTER));
            }
        }
        return new ConnectorPlugins(connector(plugins, config.get("connector.class")), embedded);
    }

    private static Set<String> aliases(Map<String, String> config, String key) {
        Set<String> aliases = new LinkedHashSet<>();
        for (String alias : config.getOrDefault(key, "").split(",", -1)) {
            if (!alias.isBlank()) {
                aliases.add(alias.strip());
            }
        }
        return aliases;
    }

    private static Embedded embedded(
            Plugins plugins,
            Map<String, String> config,
            String prefix,
            String key,
            PluginKind kind,
            Set<String> frameworkNames) {
        return new Embedded(prefix, key, kind, frameworkNames, find(plugins, kind, config.get(key)));
    }

    private static Optional<InstalledPlugin> find(Plugins plugins, PluginKind kind, @Nullable String name) {
        try {
            return name == null
                    ? Optional.empty()
                    : Optional.of(plugins.find(kind, name).plugin());
        } catch (ConfigException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<InstalledPlugin> connector(Plugins plugins, @Nullable String name) {
        try {
            return name == null
                    ? Optional.empty()
                    : Optional.of(plugins.findConnector(name).plugin());
        } catch (ConfigException unknown) {
            return Optional.empty();
        }
    }
}
