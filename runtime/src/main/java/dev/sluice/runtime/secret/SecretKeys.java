package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.plugin.ConnectorPlugins;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.PluginSpec;
import dev.sluice.runtime.plugin.PluginSpecs;
import dev.sluice.runtime.plugin.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Knows which settings of a connector hold secrets: those that the specs of its plugins declare, and those whose names say
 * so. As long as a plugin's spec is not known, all of the plugin's settings count as secret. Any thread; never waits.
 */
final class SecretKeys {
    private static final Set<ConfigKind> TEXTS = Set.of(ConfigKind.STRING, ConfigKind.LIST);

    private final Plugins plugins;
    private final PluginSpecs specs;

    SecretKeys(Plugins plugins, PluginSpecs specs) {
        this.plugins = plugins;
        this.specs = specs;
    }

    OfConnector of(Map<String, String> config) {
        return new OfConnector(ConnectorPlugins.of(plugins, config));
    }

    /** Answers for the names of one connector's settings. */
    final class OfConnector {
        private final ConnectorPlugins named;

        private OfConnector(ConnectorPlugins named) {
            this.named = named;
        }

        /** Returns whether a setting is to be hidden; true where nobody can tell yet. */
        boolean isSecret(String name) {
            return isSecret(name, true);
        }

        /** Returns whether a setting is a secret as far as anybody can tell. */
        boolean isKnownSecret(String name) {
            return isSecret(name, false);
        }

        private boolean isSecret(String name, boolean ifUnknown) {
            if (ConnectorConfig.isFrameworkName(name)) {
                return false;
            }
            for (ConnectorPlugins.Embedded part : named.embedded()) {
                if (name.startsWith(part.prefix())) {
                    String own = name.substring(part.prefix().length());
                    return !part.frameworkNames().contains(own) && isSecretOf(part.plugin(), own, ifUnknown);
                }
            }
            return ConnectorConfig.isFrameworkPrefix(name)
                    ? SecretNames.isSecret(name)
                    : isSecretOf(named.connector(), name, ifUnknown);
        }

        /** Completes when every spec is known, or cannot be. */
        CompletableFuture<Void> learn() {
            List<CompletableFuture<?>> asked = new ArrayList<>();
            named.connector().ifPresent(plugin -> asked.add(specs.load(plugin)));
            named.embedded().forEach(part -> part.plugin().ifPresent(plugin -> asked.add(specs.load(plugin))));
            return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                    .exceptionally(failed -> null);
        }
    }

    private boolean isSecretOf(Optional<InstalledPlugin> plugin, String name, boolean ifUnknown) {
        Optional<PluginSpec> spec = plugin.flatMap(specs::known);
        if (spec.isEmpty()) {
            return ifUnknown || SecretNames.isSecret(name);
        }
        return isSecret(spec.get().config(), name) || isSecret(spec.get().task(), name);
    }

    /** A spec that declares a text under a telling name may have forgotten to call it a secret. */
    private static boolean isSecret(ConfigSpec spec, String name) {
        Optional<ConfigKey<?>> key = spec.key(name);
        if (key.isEmpty()) {
            return SecretNames.isSecret(name);
        }
        return key.get().isSecret() || (TEXTS.contains(key.get().type().kind()) && SecretNames.isSecret(name));
    }
}
