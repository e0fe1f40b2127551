package dev.sluice.runtime.rest;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What connectors can be made of. */
final class PluginRoutes {
    private final List<Map<String, @Nullable Object>> all;
    private final List<Map<String, @Nullable Object>> connectors;

    PluginRoutes(RestServices services) {
        List<PluginDescriptor> plugins = services.plugins();
        this.all = plugins.stream()
                .filter(plugin -> isListed(plugin.kind()))
                .map(Shapes::plugin)
                .toList();
        this.connectors = plugins.stream()
                .filter(plugin -> plugin.kind().isConnector())
                .map(Shapes::plugin)
                .toList();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get(
                "/connector-plugins",
                Description.read("Lists the installed connectors, or all plugins.", "PluginInfos")
                        .query(Parameter.flag("connectorsOnly", "false lists the other kinds too; true by default.")),
                Action.shows(call -> isConnectorsOnly(call) ? connectors : all)));
    }

    private static boolean isConnectorsOnly(Call call) {
        return call.query("connectorsOnly").isEmpty() || call.flag("connectorsOnly");
    }

    /** Kafka Connect lists no config providers, and knows no bridges. */
    private static boolean isListed(PluginKind kind) {
        return kind != PluginKind.CONFIG_PROVIDER && kind != PluginKind.BRIDGE;
    }
}
