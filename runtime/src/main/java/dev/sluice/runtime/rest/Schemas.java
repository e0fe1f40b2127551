package dev.sluice.runtime.rest;

import dev.sluice.runtime.flow.Verdict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shapes of bodies, as JSON Schema (draft 2020-12) has them, by the names that {@link Description} uses. */
final class Schemas {
    private static final Map<String, @Nullable Object> TEXT = type("string");
    private static final Map<String, @Nullable Object> WHOLE = type("integer");
    private static final Map<String, @Nullable Object> FLAG = type("boolean");
    private static final Map<String, @Nullable Object> ANYTHING = Shapes.object("type", "object");
    private static final Map<String, @Nullable Object> TEXTS = mapOf(TEXT);

    static final Map<String, Map<String, @Nullable Object>> ALL = all();

    private Schemas() {}

    private static Map<String, Map<String, @Nullable Object>> all() {
        Map<String, Map<String, @Nullable Object>> all = new LinkedHashMap<>();
        all.put("Text", TEXT);
        all.put("Flag", FLAG);
        all.put("Message", object("message", TEXT));
        addServer(all);
        addConfigs(all);
        addStatus(all);
        addOffsets(all);
        addPlugins(all);
        addConfigInfos(all);
        addLoggers(all);
        all.put("Problem", problem());
        all.put("Error", error());
        return all;
    }

    private static void addServer(Map<String, Map<String, @Nullable Object>> all) {
        all.put("ServerInfo", object("version", TEXT, "commit", TEXT, "kafka_cluster_id", TEXT));
        all.put("WorkerStatus", object("status", oneOf("healthy", "starting", "unhealthy"), "message", TEXT));
        all.put(
                "ConnectorsHealth",
                object(
                        "status",
                        oneOf("healthy", "unhealthy"),
                        "connectors",
                        listOf(object(
                                "connector",
                                TEXT,
                                "verdict",
                                TEXT,
                                "since",
                                time(),
                                "reason",
                                TEXT,
                                "nextAction",
                                TEXT))));
        all.put("MetricsText", TEXT);
        all.put("Document", ANYTHING);
    }

    private static void addConfigs(Map<String, Map<String, @Nullable Object>> all) {
        all.put("Config", TEXTS);
        all.put("ConfigChanges", mapOf(nullable("string")));
        all.put(
                "CreateConnector",
                optional(
                        object("name", TEXT, "config", ref("Config")),
                        "initial_state",
                        oneOf("RUNNING", "PAUSED", "STOPPED")));
        all.put("TaskId", object("connector", TEXT, "task", WHOLE));
        all.put(
                "ConnectorInfo",
                optional(
                        object(
                                "name",
                                TEXT,
                                "config",
                                ref("Config"),
                                "tasks",
                                listOf(ref("TaskId")),
                                "type",
                                oneOf("source", "sink", "unknown")),
                        "warnings",
                        listOf(ref("Problem"))));
        all.put("TaskInfos", listOf(object("id", ref("TaskId"), "config", ref("Config"))));
        all.put(
                "ConfigHistory",
                listOf(object("version", WHOLE, "time", time(), "origin", TEXT, "config", ref("Config"))));
        all.put(
                "ConnectorList",
                Shapes.object(
                        "oneOf",
                        List.of(
                                listOf(TEXT),
                                mapOf(optional(object(), "status", ref("Status"), "info", ref("ConnectorInfo"))))));
    }

    private static void addStatus(Map<String, Map<String, @Nullable Object>> all) {
        all.put(
                "State",
                optional(
                        object(
                                "state",
                                oneOf("UNASSIGNED", "RUNNING", "PAUSED", "STOPPED", "FAILED", "RESTARTING", "STUCK"),
                                "worker_id",
                                TEXT),
                        "version",
                        TEXT,
                        "trace",
                        TEXT,
                        "restart",
                        object(
                                "restarts",
                                WHOLE,
                                "nextAt",
                                nullable("string"),
                                "category",
                                nullable("string"),
                                "record",
                                nullable("string"))));
        all.put(
                "Flow",
                object(
                        "verdict",
                        oneOf(Stream.of(Verdict.values()).map(Verdict::name).toArray(String[]::new)),
                        "since",
                        time(),
                        "reason",
                        TEXT,
                        "nextAction",
                        TEXT,
                        "lagRecords",
                        nullable("integer"),
                        "lagMillis",
                        nullable("integer"),
                        "lastReadAt",
                        nullable("string"),
                        "lastWriteAt",
                        nullable("string")));
        all.put(
                "Progress",
                object(
                        "what",
                        TEXT,
                        "done",
                        WHOLE,
                        "total",
                        nullable("integer"),
                        "unit",
                        TEXT,
                        "leftMillis",
                        nullable("integer")));
        all.put(
                "TaskStatus",
                Shapes.object(
                        "allOf",
                        List.of(
                                optional(object("id", WHOLE, "flow", ref("Flow")), "progress", ref("Progress")),
                                ref("State"))));
        all.put(
                "Status",
                object(
                        "name",
                        TEXT,
                        "connector",
                        ref("State"),
                        "tasks",
                        listOf(ref("TaskStatus")),
                        "type",
                        oneOf("source", "sink", "unknown"),
                        "flow",
                        ref("Flow")));
    }

    private static void addOffsets(Map<String, Map<String, @Nullable Object>> all) {
        all.put(
                "Offsets",
                object(
                        "offsets",
                        listOf(object(
                                "partition", ANYTHING, "offset", Shapes.object("type", List.of("object", "null"))))));
        all.put("Topics", mapOf(object("topics", listOf(TEXT))));
    }

    private static void addPlugins(Map<String, Map<String, @Nullable Object>> all) {
        all.put("PluginInfos", listOf(optional(object("class", TEXT, "type", TEXT), "version", TEXT)));
    }

    private static void addConfigInfos(Map<String, Map<String, @Nullable Object>> all) {
        all.put(
                "ConfigKeyInfo",
                object(
                        "name",
                        TEXT,
                        "type",
                        TEXT,
                        "required",
                        FLAG,
                        "default_value",
                        nullable("string"),
                        "importance",
                        oneOf("HIGH", "MEDIUM", "LOW"),
                        "documentation",
                        TEXT,
                        "group",
                        nullable("string"),
                        "order_in_group",
                        WHOLE,
                        "width",
                        oneOf("NONE", "SHORT", "MEDIUM", "LONG"),
                        "display_name",
                        TEXT,
                        "dependents",
                        listOf(TEXT)));
        all.put("ConfigKeyInfos", listOf(ref("ConfigKeyInfo")));
        all.put(
                "ConfigValueInfo",
                object(
                        "name",
                        TEXT,
                        "value",
                        nullable("string"),
                        "recommended_values",
                        listOf(TEXT),
                        "errors",
                        listOf(TEXT),
                        "visible",
                        FLAG));
        all.put(
                "ConfigInfos",
                object(
                        "name",
                        TEXT,
                        "error_count",
                        WHOLE,
                        "groups",
                        listOf(TEXT),
                        "configs",
                        listOf(object(
                                "definition",
                                Shapes.object("anyOf", List.of(ref("ConfigKeyInfo"), type("null"))),
                                "value",
                                ref("ConfigValueInfo"))),
                        "warnings",
                        listOf(ref("Problem"))));
    }

    private static void addLoggers(Map<String, Map<String, @Nullable Object>> all) {
        all.put("LoggerLevel", optional(object("level", TEXT), "last_modified", nullable("integer")));
        all.put("LoggerLevels", mapOf(ref("LoggerLevel")));
        all.put("LoggerNames", listOf(TEXT));
    }

    private static Map<String, @Nullable Object> error() {
        return optional(
                object("error_code", WHOLE, "message", TEXT),
                "field",
                TEXT,
                "fix",
                TEXT,
                "line",
                WHOLE,
                "column",
                WHOLE,
                "problems",
                listOf(ref("Problem")));
    }

    /** What is said about a setting. */
    private static Map<String, @Nullable Object> problem() {
        return optional(
                object("field", TEXT, "severity", oneOf("error", "warning", "note"), "message", TEXT), "fix", TEXT);
    }

    static Map<String, @Nullable Object> ref(String name) {
        return Shapes.object("$ref", "#/components/schemas/" + name);
    }

    private static Map<String, @Nullable Object> type(String name) {
        return Shapes.object("type", name);
    }

    private static Map<String, @Nullable Object> nullable(String type) {
        return Shapes.object("type", List.of(type, "null"));
    }

    private static Map<String, @Nullable Object> time() {
        return Shapes.object("type", "string", "format", "date-time");
    }

    private static Map<String, @Nullable Object> oneOf(String... words) {
        return Shapes.object("type", "string", "enum", Arrays.asList(words));
    }

    private static Map<String, @Nullable Object> listOf(Map<String, @Nullable Object> elements) {
        return Shapes.object("type", "array", "items", elements);
    }

    private static Map<String, @Nullable Object> mapOf(Map<String, @Nullable Object> values) {
        return Shapes.object("type", "object", "additionalProperties", values);
    }

    /** An object whose fields are always there. */
    private static Map<String, @Nullable Object> object(Object... namesAndSchemas) {
        Map<String, @Nullable Object> fields = Shapes.object(namesAndSchemas);
        return Shapes.object("type", "object", "properties", fields, "required", List.copyOf(fields.keySet()));
    }

    /** Adds fields that may be missing. */
    private static Map<String, @Nullable Object> optional(
            Map<String, @Nullable Object> object, Object... namesAndSchemas) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (object.get("properties") instanceof Map<?, ?> known) {
            known.forEach((name, schema) -> fields.put(String.valueOf(name), schema));
        }
        fields.putAll(Shapes.object(namesAndSchemas));
        Map<String, @Nullable Object> wider = new LinkedHashMap<>(object);
        wider.put("properties", fields);
        return wider;
    }
}
