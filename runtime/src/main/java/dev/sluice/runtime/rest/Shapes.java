package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.error.ErrorCategory;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConfigVersion;
import dev.sluice.runtime.control.Configured;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.OffsetEntry;
import dev.sluice.runtime.control.Recovery;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.task.TaskProgress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The shapes of Kafka Connect's answers, and what ours have beyond them, as pure functions of views. */
final class Shapes {
    private final SecretMask mask;

    /**
     * Makes shapes that hide secrets.
     *
     * @param mask hides those in settings
     */
    Shapes(SecretMask mask) {
        this.mask = mask;
    }

    /** Makes an object of names and values, in order. */
    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    /** The settings of a connector. */
    Map<String, String> config(ConnectorView connector) {
        return mask.mask(connector.config());
    }

    /** ConnectorInfo. */
    Map<String, @Nullable Object> info(ConnectorView connector) {
        List<Map<String, @Nullable Object>> tasks =
                connector.tasks().stream().map(task -> taskId(connector, task)).toList();
        return object(
                "name", connector.name(),
                "config", config(connector),
                "tasks", tasks,
                "type", type(connector.kind()));
    }

    /** ConnectorInfo, and what is remarkable about the settings. */
    Map<String, @Nullable Object> info(Configured configured) {
        Map<String, @Nullable Object> info = info(configured.connector());
        info.put("warnings", problems(configured.warnings()));
        return info;
    }

    private static Map<String, @Nullable Object> taskId(ConnectorView connector, TaskView task) {
        return object("connector", connector.name(), "task", task.index());
    }

    /** ConnectorStateInfo. */
    static Map<String, @Nullable Object> status(ConnectorView connector) {
        List<Map<String, @Nullable Object>> tasks =
                connector.tasks().stream().map(Shapes::taskStatus).toList();
        return object(
                "name", connector.name(),
                "connector", state(object(), connector.status()),
                "tasks", tasks,
                "type", type(connector.kind()),
                "flow", flow(connector.flow()));
    }

    /** The answer to a restart with flags: what it starts is RESTARTING, also where nothing had to be stopped before. */
    static Map<String, @Nullable Object> restartPlan(ConnectorView planned) {
        List<Map<String, @Nullable Object>> tasks = planned.tasks().stream()
                .map(Shapes::taskStatus)
                .map(Shapes::restarting)
                .toList();
        Map<String, @Nullable Object> plan = status(planned);
        plan.put("connector", restarting(state(object(), planned.status())));
        plan.put("tasks", tasks);
        return plan;
    }

    private static Map<String, @Nullable Object> restarting(Map<String, @Nullable Object> state) {
        state.replace("state", RunState.UNASSIGNED.name(), RunState.RESTARTING.name());
        return state;
    }

    static Map<String, @Nullable Object> taskStatus(TaskView task) {
        Map<String, @Nullable Object> object = state(object("id", task.index()), task.status());
        object.put("flow", flow(task.flow()));
        task.progress().ifPresent(progress -> object.put("progress", progress(progress)));
        return object;
    }

    /** Only of a task that has a bounded job, such as a first load. */
    private static Map<String, @Nullable Object> progress(TaskProgress progress) {
        return object(
                "what", progress.now().what(),
                "done", progress.now().done(),
                "total", number(progress.now().total()),
                "unit", progress.now().unit(),
                "leftMillis", number(progress.leftMillis()));
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isEmpty() ? null : (Long) number.getAsLong();
    }

    private static Map<String, @Nullable Object> flow(Flow flow) {
        return object(
                "verdict", flow.verdict().name(),
                "since", flow.since().toString(),
                "reason", flow.reason(),
                "nextAction", flow.nextAction(),
                "lagRecords", flow.lagRecords(),
                "lagMillis", flow.lagMillis(),
                "lastReadAt", text(flow.lastReadAt()),
                "lastWriteAt", text(flow.lastWriteAt()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Map<String, @Nullable Object> state(Map<String, @Nullable Object> object, StatusView status) {
        object.put("state", status.state().name());
        object.put("worker_id", status.workerId());
        if (!status.version().isEmpty()) {
            object.put("version", status.version());
        }
        String trace = status.trace();
        if (trace != null && !trace.isEmpty()) {
            object.put("trace", trace);
        }
        if (!status.recovery().equals(Recovery.NONE) && status.state() != RunState.RUNNING) {
            object.put("restart", restart(status.recovery()));
        }
        return object;
    }

    /** What is known of failures, and when it starts again by itself. */
    private static Map<String, @Nullable Object> restart(Recovery recovery) {
        ErrorCategory category = recovery.category();
        return object(
                "restarts",
                recovery.restarts(),
                "nextAt",
                recovery.isPlanned()
                        ? Instant.ofEpochMilli(recovery.nextAtMillis()).toString()
                        : null,
                "category",
                category == null ? null : category.name(),
                "record",
                recovery.coordinates());
    }

    /** TaskInfo. */
    Map<String, @Nullable Object> task(ConnectorView connector, TaskView task) {
        return object("id", taskId(connector, task), "config", mask.maskTask(connector.config(), task.config()));
    }

    /** An earlier config. */
    Map<String, @Nullable Object> version(ConfigVersion version) {
        return object(
                "version", version.version(),
                "time", Instant.ofEpochMilli(version.timeMillis()).toString(),
                "origin", version.origin(),
                "config", mask.mask(version.config()));
    }

    static Map<String, @Nullable Object> offset(OffsetEntry entry) {
        return object("partition", entry.partition(), "offset", entry.offset());
    }

    /** PluginInfo. */
    static Map<String, @Nullable Object> plugin(PluginDescriptor plugin) {
        Map<String, @Nullable Object> object =
                object("class", plugin.className(), "type", plugin.kind().word());
        if (!plugin.version().isEmpty()) {
            object.put("version", plugin.version());
        }
        return object;
    }

    /** What is wrong or remarkable about settings, for programs. */
    static List<Map<String, @Nullable Object>> problems(List<ConfigProblem> problems) {
        return problems.stream().map(Shapes::problem).toList();
    }

    private static Map<String, @Nullable Object> problem(ConfigProblem problem) {
        Map<String, @Nullable Object> object = object(
                "field", problem.key(),
                "severity", problem.severity().name().toLowerCase(Locale.ROOT),
                "message", problem.message());
        if (problem.fix() != null) {
            object.put("fix", problem.fix());
        }
        return object;
    }

    private static String type(PluginKind kind) {
        return kind.isConnector() ? kind.word() : "unknown";
    }
}
