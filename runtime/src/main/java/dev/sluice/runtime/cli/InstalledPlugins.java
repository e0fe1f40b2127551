package dev.sluice.runtime.cli;

import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.rest.PluginConfigs;
import dev.sluice.runtime.validate.ConfigInfos;
import dev.sluice.runtime.validate.ConfigKeyInfo;
import dev.sluice.runtime.validate.Validation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The plugins of the plugin path, as REST asks for them. */
record InstalledPlugins(Plugins all, Validation validation) implements PluginConfigs {
    @Override
    public List<PluginDescriptor> plugins() {
        return all.list().stream().map(InstalledPlugin::descriptor).toList();
    }

    @Override
    public CompletableFuture<List<ConfigKeyInfo>> keys(String plugin, @Nullable String version) {
        return validation.keys(plugin, version);
    }

    @Override
    public CompletableFuture<ConfigInfos> validate(
            String plugin, Map<String, @Nullable String> config, ValidationProbe probe, boolean isExtended) {
        return validation.validate(plugin, config, probe, isExtended);
    }
}
