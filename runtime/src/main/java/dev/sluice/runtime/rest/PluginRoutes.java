package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.rest.access.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What connectors can be made of, and what can be set. */
final class PluginRoutes {
    private static final Duration PROBE_MAX = Duration.ofSeconds(20);
    private static final String EXPECTED = "an object of settings with connector.class";

    private final RestServices services;
    private final List<Map<String, @Nullable Object>> all;
    private final List<Map<String, @Nullable Object>> connectors;

    PluginRoutes(RestServices services) {
        this.services = services;
        List<PluginDescriptor> plugins = services.plugins().plugins();
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
        return List.of(
                Endpoint.get(
                        "/connector-plugins",
                        Description.read("Lists the installed connectors, or all plugins.", "PluginInfos")
                                .query(Parameter.flag(
                                        "connectorsOnly", "false lists the other kinds too; true by default.")),
                        Action.shows(call -> isConnectorsOnly(call) ? connectors : all)),
                Endpoint.get(
                        "/connector-plugins/{plugin}/config",
                        Description.read("Describes what can be set for a plugin of any kind.", "ConfigKeyInfos")
                                .query(Parameter.text(
                                        "version",
                                        "latest, a version, or a range such as [1.0,2.0); the newest by default.")),
                        this::keys),
                Endpoint.put(
                        "/connector-plugins/{plugin}/config/validate",
                        Description.of(Role.ADMIN, "Checks a connector's config without storing it.")
                                .query(Parameter.flag("probe", "Whether the connector may connect to try it."))
                                .query(Parameter.flag(
                                        "extended", "Whether settings are listed that Kafka Connect does not have."))
                                .takes("ConfigChanges")
                                .answers(200, "ConfigInfos"),
                        this::validate));
    }

    private static boolean isConnectorsOnly(Call call) {
        return call.query("connectorsOnly").isEmpty() || call.flag("connectorsOnly");
    }

    /** Kafka Connect lists no config providers, and knows no bridges. */
    private static boolean isListed(PluginKind kind) {
        return kind != PluginKind.CONFIG_PROVIDER && kind != PluginKind.BRIDGE;
    }

    private CompletableFuture<Answer> keys(Call call) {
        String plugin = call.path("plugin");
        Optional<String> version = call.query("version");
        return services.plugins().keys(plugin, version.orElse(null)).handle((keys, failure) -> {
            if (failure != null) {
                throw unknown(plugin, version, failure);
            }
            return Answer.ok(keys.stream().map(ConfigShapes::key).toList());
        });
    }

    /** Without a version it is the plugin that is not there. */
    private static RuntimeException unknown(String plugin, Optional<String> version, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConfigException wrong && version.isEmpty()) {
            return Refusal.notFound("Unknown plugin " + plugin + ".").with("fix", wrong.getMessage());
        }
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    private CompletableFuture<Answer> validate(Call call) {
        Map<String, @Nullable String> given = ConfigBody.changes(call.body(EXPECTED));
        ValidationProbe probe =
                call.flag("probe") ? new ValidationProbe(true, PROBE_MAX, List.of()) : ValidationProbe.OFFLINE;
        return services.plugins()
                .validate(call.path("plugin"), unmasked(given), probe, call.flag("extended"))
                .thenApply(infos -> Answer.ok(ConfigShapes.infos(infos)));
    }

    /** Who checks a change of what was read sends masks for secrets. */
    private Map<String, @Nullable String> unmasked(Map<String, @Nullable String> given) {
        String name = given.get("name");
        Optional<ConnectorView> stored =
                name == null ? Optional.empty() : services.connectors().connector(name);
        return stored.isEmpty()
                ? given
                : services.mask().unmask(given, stored.get().config());
    }
}
