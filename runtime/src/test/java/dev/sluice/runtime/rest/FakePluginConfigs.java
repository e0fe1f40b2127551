package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.validate.ConfigInfo;
import dev.sluice.runtime.validate.ConfigInfos;
import dev.sluice.runtime.validate.ConfigKeyInfo;
import dev.sluice.runtime.validate.ConfigValueInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Plugins of all kinds, of which FileSink 1.0 has one setting. What was asked last is kept; used by one test at a time. */
final class FakePluginConfigs implements PluginConfigs {
    private static final List<PluginDescriptor> PLUGINS = List.of(
            new PluginDescriptor(PluginKind.SINK, "a.FileSink", "1.2", Set.of()),
            new PluginDescriptor(PluginKind.SOURCE, "a.FileSource", "", Set.of()),
            new PluginDescriptor(PluginKind.TRANSFORMATION, "a.Mask", "1", Set.of()),
            new PluginDescriptor(PluginKind.PREDICATE, "a.Has", "1", Set.of()),
            new PluginDescriptor(PluginKind.CONVERTER, "a.Json", "1", Set.of()),
            new PluginDescriptor(PluginKind.HEADER_CONVERTER, "a.Simple", "1", Set.of()),
            new PluginDescriptor(PluginKind.CONFIG_PROVIDER, "a.Env", "1", Set.of()),
            new PluginDescriptor(PluginKind.BRIDGE, "a.Bridge", "1", Set.of()));

    private static final ConfigKeyInfo KEY = new ConfigKeyInfo(
            "file", "STRING", true, null, "HIGH", "The file.", "Own", 1, "LONG", "File", List.of("topic"));

    volatile String asked = "";

    @Override
    public List<PluginDescriptor> plugins() {
        return PLUGINS;
    }

    @Override
    public CompletableFuture<List<ConfigKeyInfo>> keys(String plugin, @Nullable String version) {
        if (!plugin.equals("FileSink")) {
            return CompletableFuture.failedFuture(new ConfigException("Did you mean FileSink?"));
        }
        return version == null || version.equals("1.0")
                ? CompletableFuture.supplyAsync(() -> List.of(KEY))
                : CompletableFuture.failedFuture(
                        new ConfigException("Plugin FileSink has no version " + version + "."));
    }

    @Override
    public CompletableFuture<ConfigInfos> validate(
            String plugin, Map<String, @Nullable String> config, ValidationProbe probe, boolean isExtended) {
        asked = plugin + " " + config + " " + probe.mayConnect() + " " + isExtended;
        return CompletableFuture.supplyAsync(() -> new ConfigInfos(
                "FileSink",
                1,
                List.of("Own"),
                List.of(
                        new ConfigInfo(
                                KEY, new ConfigValueInfo("file", null, List.of("a"), List.of("Give one."), true)),
                        new ConfigInfo(null, new ConfigValueInfo("x", "1", List.of(), List.of("No."), true))),
                List.of(ConfigProblem.warning("filee", "Setting filee is not known.", "Use file."))));
    }
}
