package dev.sluice.runtime.plugin;

import dev.sluice.api.connector.Connector;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The specs of plugins, each asked for once: by contract they never change. A plugin that failed or hung when it was asked
 * is asked again by who needs it next. Any thread.
 */
public final class PluginSpecs {
    private final Plugins plugins;
    private final BudgetedCalls calls;
    private final Map<InstalledPlugin, CompletableFuture<PluginSpec>> specs = new ConcurrentHashMap<>();

    /** Asks plugins of this registry, by calls of their own. */
    public PluginSpecs(Plugins plugins, BudgetedCalls calls) {
        this.plugins = plugins;
        this.calls = calls;
    }

    /** Returns what a plugin understands; fails with what the plugin threw, or if it does not answer. */
    public CompletableFuture<PluginSpec> load(InstalledPlugin plugin) {
        return specs.compute(
                plugin, (same, known) -> known == null || known.isCompletedExceptionally() ? ask(plugin) : known);
    }

    /** Returns what a plugin understands if that is known by now. */
    public Optional<PluginSpec> known(InstalledPlugin plugin) {
        CompletableFuture<PluginSpec> asked = specs.get(plugin);
        return asked == null || asked.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.ofNullable(asked.getNow(null));
    }

    private CompletableFuture<PluginSpec> ask(InstalledPlugin plugin) {
        return calls.call(plugin.descriptor().className(), () -> read(plugin));
    }

    private PluginSpec read(InstalledPlugin plugin) {
        if (plugin.descriptor().kind() == PluginKind.BRIDGE) {
            throw new IllegalArgumentException("a bridge has no settings: " + plugin);
        }
        LoadedPlugin<Plugin> loaded = plugins.instantiate(plugin, Plugin.class);
        PluginContext context = loaded.enter();
        try (context) {
            return loaded.plugin() instanceof Connector connector
                    ? new PluginSpec(connector.configSpec(), connector.taskConfigSpec())
                    : new PluginSpec(
                            loaded.plugin().configSpec(), loaded.plugin().configSpec());
        }
    }
}
