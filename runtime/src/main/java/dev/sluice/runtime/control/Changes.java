package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.control.RequestRefused.Reason;
import dev.sluice.runtime.secret.Masking;
import dev.sluice.runtime.secret.Unmasked;
import dev.sluice.runtime.store.ConfigStore;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.store.StoredVersion;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.validate.Checked;
import dev.sluice.runtime.validate.Validation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes what is stored of connectors, then lets the plan follow: checked first, stored second, planned third, so that a
 * refusal leaves everything as it was, and a crash leaves what was stored to be started. Any thread; nothing blocks.
 */
final class Changes {
    /** How long an answer waits for the tasks of a connector; one whose start hangs is answered without them. */
    private static final Duration START_WAIT = Duration.ofSeconds(5);

    private final Lanes lanes = new Lanes();
    private final PlanLoop loop;
    private final CommandThread commands;
    private final ConfigStore configs;
    private final Validation check;
    private final Remarks remarks;
    private final Masking masking;
    private final Function<String, Optional<ConnectorView>> views;
    private final Duration stopWait;

    /**
     * Makes changes possible.
     *
     * @param views shows a connector by name
     * @param stopWait how long the threads of a connector may take to stop
     */
    Changes(
            PlanLoop loop,
            CommandThread commands,
            ConfigStore configs,
            Validation check,
            Remarks remarks,
            Masking masking,
            Function<String, Optional<ConnectorView>> views,
            Duration stopWait) {
        this.loop = loop;
        this.commands = commands;
        this.configs = configs;
        this.check = check;
        this.remarks = remarks;
        this.masking = masking;
        this.views = views;
        this.stopWait = stopWait;
    }

    CompletableFuture<Configured> create(String given, Map<String, String> config, InitialState initial) {
        String name = given.trim();
        StoredTarget target = DeclaredConnectors.initial(initial);
        return lanes.enter(name, () -> {
            if (stored(name).isPresent()) {
                throw new RequestRefused(
                        Reason.EXISTS,
                        "Connector " + name + " already exists",
                        "Change it by PUT /connectors/" + name + "/config, or give this one another name.");
            }
            return store(name, config, target, "rest");
        });
    }

    CompletableFuture<Configured> configure(String name, Map<String, String> config) {
        return lanes.enter(name, () -> store(name, config, target(name), "rest"));
    }

    CompletableFuture<Configured> patch(String name, Map<String, @Nullable String> changes) {
        return lanes.enter(name, () -> {
            Map<String, String> config = new LinkedHashMap<>(
                    require(name, "Connector " + name + " not found").config());
            changes.forEach((key, value) -> {
                if (value == null) {
                    config.remove(key);
                } else {
                    config.put(key, value);
                }
            });
            return store(name, config, target(name), "rest");
        });
    }

    CompletableFuture<Configured> rollback(String name, int version) {
        return lanes.enter(name, () -> {
            StoredConnector unused = require(name, "Connector " + name + " not found");
            List<StoredVersion> history = configs.history(name);
            StoredVersion wanted = history.stream()
                    .filter(each -> each.version() == version)
                    .findFirst()
                    .orElseThrow(() -> new RequestRefused(
                            Reason.NOT_FOUND,
                            "Connector " + name + " has no version " + version + " of its settings",
                            "These are kept: "
                                    + history.stream()
                                            .map(StoredVersion::version)
                                            .toList()));
            return store(name, wanted.config(), target(name), "rollback to " + version);
        });
    }

    private CompletableFuture<Configured> store(
            String name, Map<String, String> given, StoredTarget target, String origin) {
        Map<String, String> config = named(name, unmasked(name, given));
        boolean isNew = stored(name).isEmpty();
        StoredConnector connector = new StoredConnector(config, null);
        return check.check(config)
                .thenApply(Changes::requireValid)
                .thenCompose(warnings -> commands.write(() -> configs.putConnector(name, connector, target, origin))
                        .thenCompose(done -> loop.post(new Event.Configured(name, connector, target)))
                        .thenCompose(done -> {
                            remarks.put(name, connector.config(), warnings);
                            return awaitTasks(name);
                        })
                        .thenApply(inTime -> new Configured(view(name), isNew, warnings)));
    }

    private CompletableFuture<Boolean> awaitTasks(String name) {
        return loop.await(state -> state.entry(name).map(Entry::isSettled).orElse(true), START_WAIT);
    }

    /** Who sends back what was read sends masks, which stand for what is stored. */
    private Map<String, String> unmasked(String name, Map<String, String> given) {
        Map<String, String> before = stored(name).map(StoredConnector::config).orElse(Map.of());
        Unmasked unmasked = masking.unmask(new LinkedHashMap<>(given), before);
        return requireValid(new Checked(unmasked.problems(), List.of(), true), unmasked.texts());
    }

    private static Map<String, String> named(String name, Map<String, String> given) {
        Map<String, String> config = new LinkedHashMap<>(given);
        String inside = config.putIfAbsent("name", name);
        if (inside != null && !inside.trim().equals(name)) {
            throw new RequestRefused(
                    Reason.INVALID,
                    "Connector name configuration (" + inside + ") doesn't match connector name in the URL (" + name
                            + ")",
                    "Leave name out of the settings, or let both be the same.");
        }
        config.put("name", name);
        return config;
    }

    private static List<ConfigProblem> requireValid(Checked checked) {
        return requireValid(checked, checked.warnings());
    }

    private static <T> T requireValid(Checked checked, T then) {
        if (!checked.isValid()) {
            throw new RequestRefused(Reason.INVALID, checked.message(), null, checked.errors());
        }
        return then;
    }

    CompletableFuture<Void> delete(String name) {
        return lanes.enter(name, () -> {
            StoredConnector unused = require(name, "Connector " + name + " not found");
            remarks.forget(name);
            return commands.write(() -> configs.removeConnector(name))
                    .thenCompose(done -> loop.post(new Event.Deleted(name)))
                    .thenCompose(done -> awaitEnd(name))
                    .thenAccept(inTime -> {});
        });
    }

    /** Completes when a connector has no threads any more; those that do not stop are given up within this time. */
    CompletableFuture<Boolean> awaitEnd(String name) {
        return loop.await(
                state -> state.entry(name).map(entry -> !entry.isAlive()).orElse(true),
                stopWait.plus(Duration.ofSeconds(1)));
    }

    CompletableFuture<Void> target(String name, TargetState wanted) {
        return lanes.enter(name, () -> {
            StoredConnector unused = require(name, "Unknown connector " + name);
            return storeTarget(name, StoredTarget.of(wanted));
        });
    }

    /** Pauses a connector that runs, because the worker found a reason. */
    CompletableFuture<Void> pauseBecause(String name, String reason) {
        return lanes.enter(
                name,
                () -> stored(name).isEmpty() || target(name).state() != TargetState.STARTED
                        ? CompletableFuture.completedFuture(null)
                        : storeTarget(name, new StoredTarget(TargetState.PAUSED, reason)));
    }

    private CompletableFuture<Void> storeTarget(String name, StoredTarget target) {
        return commands.write(() -> configs.putTarget(name, target))
                .thenCompose(done -> loop.post(new Event.Targeted(name, target)));
    }

    /** Does something with a connector between its other changes. */
    <T> CompletableFuture<T> with(String name, Supplier<CompletableFuture<T>> change) {
        return lanes.enter(name, change);
    }

    StoredConnector require(String name, String orElse) {
        return stored(name).orElseThrow(() -> new RequestRefused(Reason.NOT_FOUND, orElse, null));
    }

    private Optional<StoredConnector> stored(String name) {
        return loop.state().entry(name).flatMap(entry -> Optional.ofNullable(entry.wanted()));
    }

    private StoredTarget target(String name) {
        return loop.state()
                .entry(name)
                .filter(entry -> entry.wanted() != null)
                .map(Entry::target)
                .orElse(StoredTarget.STARTED);
    }

    private ConnectorView view(String name) {
        return views.apply(name)
                .orElseThrow(() -> new RequestRefused(
                        Reason.CONFLICT, "Connector " + name + " was deleted meanwhile", "Create it again."));
    }
}
