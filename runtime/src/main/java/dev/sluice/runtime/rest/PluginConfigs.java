package dev.sluice.runtime.rest;

import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.runtime.validate.ConfigInfos;
import dev.sluice.runtime.validate.ConfigKeyInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What plugins can be told, and what they say to it. Every method returns at once; futures complete on any thread. */
public interface PluginConfigs {
    /** Returns what is installed, sinks first. */
    List<PluginDescriptor> plugins();

    /**
     * Describes the settings of a plugin.
     *
     * @param plugin class or alias
     * @param version as asked for; null for the newest
     * @return fails with a {@link dev.sluice.api.config.ConfigException} if there is none, or none of that version
     */
    CompletableFuture<List<ConfigKeyInfo>> keys(String plugin, @Nullable String version);

    /**
     * Says everything about a connector's settings.
     *
     * @param plugin the connector that is asked about, by class or alias
     * @param config with secrets in clear; nulls are problems
     * @param probe what the connector's own check may do
     * @param isExtended whether settings are listed that only Sluice has and that were not given
     * @return fails with a {@link dev.sluice.api.config.ConfigException} if the settings name no connector, or another one
     */
    CompletableFuture<ConfigInfos> validate(
            String plugin, Map<String, @Nullable String> config, ValidationProbe probe, boolean isExtended);
}
