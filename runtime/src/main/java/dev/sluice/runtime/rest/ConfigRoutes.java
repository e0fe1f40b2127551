package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.Configured;
import dev.sluice.runtime.control.Connectors;
import dev.sluice.runtime.rest.access.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What changes configs: creating, changing, going back, deleting. */
final class ConfigRoutes {
    private final Connectors connectors;
    private final Shapes shapes;

    ConfigRoutes(RestServices services) {
        this.connectors = services.connectors();
        this.shapes = new Shapes(services.mask());
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(
                        "/connectors",
                        Description.of(Role.ADMIN, "Creates a connector.")
                                .takes("CreateConnector")
                                .answers(201, "ConnectorInfo"),
                        this::create),
                Endpoint.put(
                        "/connectors/{connector}/config",
                        Description.of(Role.ADMIN, "Creates a connector or replaces its config.")
                                .takes("Config")
                                .answers(200, "ConnectorInfo")
                                .answers(201, "ConnectorInfo"),
                        this::configure),
                Endpoint.patch(
                        "/connectors/{connector}/config",
                        Description.of(Role.ADMIN, "Changes some settings of a connector; null removes one.")
                                .takes("ConfigChanges")
                                .answers(200, "ConnectorInfo"),
                        this::patch),
                Endpoint.get(
                        "/connectors/{connector}/config/history",
                        Description.read("Lists a connector's last configs, the newest last.", "ConfigHistory"),
                        Action.shows(this::history)),
                Endpoint.post(
                        "/connectors/{connector}/config/rollback",
                        Description.of(Role.ADMIN, "Takes an earlier config again.")
                                .query(Parameter.text("version", "Which of the history's versions; needed."))
                                .answers(200, "ConnectorInfo"),
                        this::rollback),
                Endpoint.delete(
                        "/connectors/{connector}",
                        Description.of(Role.ADMIN, "Stops and forgets a connector; its topics and offsets stay.")
                                .answers(204, ""),
                        this::delete));
    }

    private CompletableFuture<Answer> create(Call call) {
        CreateBody body = CreateBody.read(call.body(CreateBody.EXPECTED));
        return connectors
                .create(body.name(), body.config(), body.initial())
                .thenApply(created ->
                        Answer.json(201, shapes.info(created)).withHeader("Location", call.locationOf(body.name())));
    }

    private CompletableFuture<Answer> configure(Call call) {
        String name = call.connector();
        Map<String, String> settings = ConfigBody.settings(call.body("an object of settings"));
        return connectors
                .configure(name, ConfigBody.named(settings, name))
                .thenApply(configured -> configured(call, configured));
    }

    private Answer configured(Call call, Configured configured) {
        return configured.isNew()
                ? Answer.json(201, shapes.info(configured)).withHeader("Location", call.locationOf(call.connector()))
                : Answer.ok(shapes.info(configured));
    }

    private CompletableFuture<Answer> patch(Call call) {
        String name = call.connector();
        Map<String, @Nullable String> changes = ConfigBody.changes(call.body("an object of settings"));
        ConfigBody.requireNameKept(changes, name);
        return connectors.patch(name, changes).thenApply(patched -> Answer.ok(shapes.info(patched)));
    }

    private Object history(Call call) {
        String name = call.connector();
        return connectors.history(name).orElseThrow(() -> Refusal.notFound("Connector " + name + " not found")).stream()
                .map(shapes::version)
                .toList();
    }

    private CompletableFuture<Answer> rollback(Call call) {
        String given = call.query("version").orElse("");
        if (!given.matches("[1-9]\\d{0,8}")) {
            throw Refusal.badRequest(
                    "Cannot roll back to version '" + given + "': it must be the number of an earlier version.",
                    "version",
                    "Give one that GET /connectors/" + call.connector() + "/config/history lists, as ?version=3.");
        }
        return connectors
                .rollback(call.connector(), Integer.parseInt(given))
                .thenApply(configured -> Answer.ok(shapes.info(configured)));
    }

    private CompletableFuture<Answer> delete(Call call) {
        return connectors.delete(call.connector()).thenApply(done -> Answer.empty(204));
    }
}
