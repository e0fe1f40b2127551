package dev.sluice.runtime.control;

import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.control.RequestRefused.Reason;
import dev.sluice.runtime.secret.Resolved;
import dev.sluice.runtime.secret.SecretResolver;
import dev.sluice.runtime.store.OffsetStore;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes where connectors stand: a source's stored offsets, or those of a sink's group. Changes ask the connector
 * first, which may refuse them, and are stored in one batch. Any thread; nothing blocks but reads of memory.
 */
final class OffsetChanges {
    private final PlanLoop loop;
    private final Changes changes;
    private final CommandThread commands;
    private final OffsetStore offsets;
    private final Transport transport;
    private final PluginQuestions plugins;
    private final SecretResolver resolver;
    private final WorkerConfig worker;

    OffsetChanges(
            PlanLoop loop,
            Changes changes,
            CommandThread commands,
            OffsetStore offsets,
            Transport transport,
            PluginQuestions plugins,
            SecretResolver resolver,
            WorkerConfig worker) {
        this.loop = loop;
        this.changes = changes;
        this.commands = commands;
        this.offsets = offsets;
        this.transport = transport;
        this.plugins = plugins;
        this.resolver = resolver;
        this.worker = worker;
    }

    CompletableFuture<List<OffsetEntry>> read(ConnectorView connector) {
        return connector.kind() == PluginKind.SINK
                ? resolver.resolve(connector.config())
                        .thenCompose(resolved -> commands.call(
                                () -> ofSink(ConnectorConfig.sinkGroup(connector.name(), resolved.values()))))
                : CompletableFuture.completedFuture(ofSource(connector.name()));
    }

    private List<OffsetEntry> ofSource(String name) {
        List<OffsetEntry> entries = new ArrayList<>();
        offsets.offsets(name).forEach((partition, offset) -> entries.add(new OffsetEntry(partition, offset)));
        entries.sort(Comparator.comparing(entry -> entry.partition().toString()));
        return entries;
    }

    private List<OffsetEntry> ofSink(String group) {
        return transport.committedOffsets(group).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition)))
                .map(entry -> SinkOffsets.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    CompletableFuture<String> alter(ConnectorView connector, List<OffsetEntry> wanted) {
        if (wanted.isEmpty()) {
            throw new RequestRefused(
                    Reason.INVALID,
                    "Cannot change offsets of " + connector.name() + ": the list of offsets is empty",
                    "Name at least one partition, or reset all by DELETE /connectors/" + connector.name()
                            + "/offsets.");
        }
        return whileStopped(
                connector.name(),
                "altered",
                stored -> connector.kind() == PluginKind.SINK
                        ? alterSink(stored, SinkOffsets.parse(wanted, transport), "altered")
                        : alterSource(stored, bySourcePartition(wanted), "altered"));
    }

    CompletableFuture<String> reset(ConnectorView connector, OffsetReset to) {
        String name = connector.name();
        if (connector.kind() == PluginKind.SINK) {
            return whileStopped(
                    name,
                    "reset",
                    stored -> resolver.resolve(stored.config())
                            .thenCompose(resolved -> commands.call(() -> SinkOffsets.targets(
                                    transport, ConnectorConfig.parse(resolved.values(), PluginKind.SINK, worker), to)))
                            .thenCompose(targets -> alterSink(stored, targets, "reset")));
        }
        if (to instanceof OffsetReset.Latest || to instanceof OffsetReset.At) {
            throw new RequestRefused(
                    Reason.INVALID,
                    "Cannot reset source " + name + " to a place in time: only the source itself knows where that is",
                    "Leave to out to begin anew, or set its offsets by PATCH /connectors/" + name + "/offsets.");
        }
        return whileStopped(name, "reset", stored -> {
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> none = new HashMap<>();
            offsets.offsets(name).keySet().forEach(partition -> none.put(partition, null));
            return alterSource(stored, none, "reset");
        });
    }

    private CompletableFuture<String> whileStopped(
            String name, String done, Function<StoredConnector, CompletableFuture<String>> change) {
        return changes.with(name, () -> {
            StoredConnector stored = changes.require(name, "Connector " + name + " not found");
            boolean isStopped = loop.state()
                    .entry(name)
                    .filter(entry -> entry.target().state() == TargetState.STOPPED)
                    .isPresent();
            if (!isStopped) {
                throw new RequestRefused(
                        Reason.INVALID,
                        "Connector " + name + " must be in the STOPPED state before its offsets can be " + done,
                        "Stop it by PUT /connectors/" + name + "/stop.");
            }
            return changes.awaitEnd(name).thenCompose(hasEnded -> {
                if (!hasEnded) {
                    throw new RequestRefused(
                            Reason.CONFLICT,
                            "Cannot change offsets of " + name + ": its tasks have not ended yet",
                            "Try again; a task whose plugin does not return is given up after a while.");
                }
                return change.apply(stored);
            });
        });
    }

    private static Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> bySourcePartition(
            List<OffsetEntry> wanted) {
        Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> all = new LinkedHashMap<>();
        wanted.forEach(entry -> all.put(entry.partition(), entry.offset()));
        return all;
    }

    private CompletableFuture<String> alterSource(
            StoredConnector stored,
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> wanted,
            String done) {
        String name = name(stored);
        return ask(
                        stored,
                        (connector, settings) ->
                                connector instanceof SourceConnector source && source.alterOffsets(settings, wanted))
                .thenCompose(isUsed ->
                        commands.write(() -> offsets.change(name, wanted)).thenApply(written -> message(isUsed, done)));
    }

    private static String name(StoredConnector stored) {
        return String.valueOf(stored.config().get("name"));
    }

    private CompletableFuture<String> alterSink(
            StoredConnector stored, Map<TopicPartition, @Nullable Long> wanted, String done) {
        String name = name(stored);
        return ask(
                        stored,
                        (connector, settings) ->
                                connector instanceof SinkConnector sink && sink.alterOffsets(settings, wanted))
                .thenCombine(resolver.resolve(stored.config()), Asked::new)
                .thenCompose(asked -> commands.write(() -> transport.changeOffsets(
                                ConnectorConfig.sinkGroup(name, asked.settings().values()), wanted))
                        .exceptionallyCompose(refused -> CompletableFuture.failedFuture(inUse(name, refused)))
                        .thenApply(written -> message(asked.isUsed(), done)));
    }

    /** What a connector said to a change of its offsets, and the settings with which it did. */
    private record Asked(boolean isUsed, Resolved settings) {}

    private static Throwable inUse(String name, Throwable refused) {
        Throwable cause = refused.getCause() == null ? refused : refused.getCause();
        return cause instanceof ConnectorException
                ? new RequestRefused(
                        Reason.CONFLICT, "Cannot change offsets of " + name + ": " + cause.getMessage(), null)
                : cause;
    }

    /** What the connector itself refuses is the caller's mistake. */
    private CompletableFuture<Boolean> ask(
            StoredConnector stored, BiFunction<Connector, Map<String, String>, Boolean> question) {
        return plugins.ask(stored.config(), question).exceptionallyCompose(refused -> {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            return CompletableFuture.failedFuture(
                    cause instanceof ConnectorException known
                            ? new RequestRefused(Reason.INVALID, String.valueOf(known.getMessage()), null)
                            : cause);
        });
    }

    private static String message(boolean isUsed, String done) {
        return isUsed
                ? "The offsets for this connector have been " + done + " successfully"
                : "The framework-managed offsets for this connector have been " + done
                        + " successfully. However, if this connector manages offsets externally, they will need to be"
                        + " manually " + done + " in the system that the connector uses.";
    }
}
