package dev.sluice.runtime.config;

import dev.sluice.api.plugin.PluginKind;
import java.util.List;
import java.util.stream.Stream;

/** The settings that Kafka Connect lists whenever it describes a connector, in its order. All others are Sluice's alone. */
final class ConnectNames {
    private static final List<String> COMMON = List.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "key.converter",
            "key.converter.plugin.version",
            "value.converter",
            "value.converter.plugin.version",
            "header.converter",
            "header.converter.plugin.version",
            "transforms",
            "predicates",
            "config.action.reload",
            "errors.retry.timeout",
            "errors.retry.delay.max.ms",
            "errors.tolerance",
            "errors.log.enable",
            "errors.log.include.messages");
    private static final List<String> OF_SINKS = joined(List.of(
            "topics",
            "topics.regex",
            "errors.deadletterqueue.topic.name",
            "errors.deadletterqueue.topic.replication.factor",
            "errors.deadletterqueue.context.headers.enable"));
    private static final List<String> OF_SOURCES = joined(List.of(
            "topic.creation.groups",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic"));

    private ConnectNames() {}

    private static List<String> joined(List<String> more) {
        return Stream.concat(COMMON.stream(), more.stream()).toList();
    }

    static List<String> of(PluginKind kind) {
        return kind == PluginKind.SINK ? OF_SINKS : OF_SOURCES;
    }
}
