package dev.sluice.runtime.rest;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What connectors can be made of: {@code GET /connector-plugins}. */
final class PluginRoutes {
    private PluginRoutes() {}

    static void addTo(Router router, List<PluginDescriptor> plugins) {
        List<Map<String, @Nullable Object>> all = plugins.stream()
                .filter(plugin -> isListed(plugin.kind()))
                .map(Shapes::plugin)
                .toList();
        List<Map<String, @Nullable Object>> connectors = plugins.stream()
                .filter(plugin -> plugin.kind().isConnector())
                .map(Shapes::plugin)
                .toList();
        Routes.get(
                router,
                "/connector-plugins",
                context -> context.queryParam("connectorsOnly").contains("false") ? all : connectors);
    }

    /** Kafka Connect lists no config providers, and knows no bridges. */
    private static boolean isListed(PluginKind kind) {
        return kind != PluginKind.CONFIG_PROVIDER && kind != PluginKind.BRIDGE;
    }
}
