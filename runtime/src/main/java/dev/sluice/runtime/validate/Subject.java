package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.plugin.ConnectorPlugins;
import dev.sluice.runtime.plugin.ConnectorPlugins.Embedded;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.PluginSpec;
import dev.sluice.runtime.plugin.PluginSpecs;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.plugin.Resolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be validated: settings, and the plugins that they name. Immutable.
 *
 * @param given the settings as given, nulls included
 * @param texts those of them that are not null
 * @param connector the connector's plugin
 * @param plugins the plugins that work for it
 */
record Subject(
        Map<String, @Nullable String> given,
        Map<String, String> texts,
        Resolution connector,
        ConnectorPlugins plugins) {

    /**
     * Finds the plugins.
     *
     * @throws ConfigException if the settings name no connector that is installed
     */
    static Subject of(Map<String, @Nullable String> given, Plugins plugins) {
        Map<String, String> texts = new LinkedHashMap<>();
        given.forEach((name, text) -> {
            if (text != null) {
                texts.put(name, text);
            }
        });
        String className = texts.getOrDefault("connector.class", "");
        if (className.isBlank()) {
            throw new ConfigException(List.of(ConfigProblem.error(
                    "connector.class",
                    "Connector config contains no connector type: setting connector.class is missing.",
                    "Set connector.class to a class or alias of GET /connector-plugins, such as FileStreamSource.")));
        }
        return new Subject(
                Collections.unmodifiableMap(new LinkedHashMap<>(given)),
                Collections.unmodifiableMap(texts),
                find(className, plugins),
                ConnectorPlugins.of(plugins, texts));
    }

    private static Resolution find(String className, Plugins plugins) {
        try {
            return plugins.findConnector(className);
        } catch (ConfigException unknown) {
            throw new ConfigException(List.of(ConfigProblem.error(
                    "connector.class",
                    "Failed to find any class that implements Connector and which name matches " + className.strip()
                            + ". " + unknown.getMessage(),
                    null)));
        }
    }

    PluginKind kind() {
        return connector.descriptor().kind();
    }

    String className() {
        return connector.descriptor().className();
    }

    /** The settings that the runtime itself acts on, in order. */
    ConfigSpec framework() {
        return ConnectorConfig.spec(kind(), texts);
    }

    /** The settings of the plugins that work for the connector, each under its prefix and its heading. */
    ConfigSpec embedded(PluginSpecs specs) {
        ConfigSpec all = ConfigSpec.of();
        for (Embedded part : plugins.embedded()) {
            InstalledPlugin plugin = part.plugin().orElse(null);
            PluginSpec spec = plugin == null ? null : specs.known(plugin).orElse(null);
            if (spec != null) {
                all = all.plusUnlessTaken(prefixed(part, spec));
            }
        }
        return all;
    }

    private static ConfigSpec prefixed(Embedded part, PluginSpec spec) {
        ConfigSpec own = spec.config().openPrefix("").prefixed(part.prefix());
        return switch (part.kind()) {
            case TRANSFORMATION -> own.inGroup("Transforms: " + alias(part));
            case PREDICATE -> own.inGroup("Predicates: " + alias(part));
            case SOURCE, SINK, CONVERTER, HEADER_CONVERTER, CONFIG_PROVIDER, BRIDGE -> own;
        };
    }

    private static String alias(Embedded part) {
        String prefix = part.prefix();
        return prefix.substring(prefix.indexOf('.') + 1, prefix.length() - 1);
    }

    /** Names of plugins that are not installed. */
    List<ConfigProblem> missing(Plugins registry) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Embedded part : plugins.embedded()) {
            String name = texts.get(part.key());
            if (part.plugin().isEmpty() && name != null && !name.isBlank()) {
                whyMissing(registry, part, name).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<ConfigProblem> whyMissing(Plugins registry, Embedded part, String name) {
        try {
            Resolution unused = registry.find(part.kind(), name);
            return Optional.empty();
        } catch (ConfigException unknown) {
            return Optional.of(ConfigProblem.error(part.key(), String.valueOf(unknown.getMessage()), null));
        }
    }
}
