package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.flow.ConnectorFlow;
import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.flow.FlowReport;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Shows the plan's entries to others. Any thread. */
final class Views {
    private final Plugins plugins;
    private final Runs runs;
    private final String workerId;
    private final Supplier<FlowReport> flows;
    /** What each connector's class turned out to be: names are looked up once for each stored config, not for each view. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Views(Plugins plugins, Runs runs, String workerId, Supplier<FlowReport> flows) {
        this.plugins = plugins;
        this.runs = runs;
        this.workerId = workerId;
        this.flows = flows;
    }

    private record Known(StoredConnector connector, PluginKind kind, String version) {}

    /** Shows a connector; empty for one that is deleted and still ends. */
    Optional<ConnectorView> view(Entry entry) {
        StoredConnector wanted = entry.wanted();
        if (wanted == null) {
            return Optional.empty();
        }
        Known is = known(entry.name(), wanted);
        ConnectorFlow flow = flows.get().connector(entry.name());
        List<TaskView> tasks = new ArrayList<>();
        for (int index = 0; index < entry.tasks().size(); index++) {
            tasks.add(view(entry.id(index), entry.tasks().get(index), is.version(), flow.task(index)));
        }
        return Optional.of(new ConnectorView(
                entry.name(),
                is.kind(),
                wanted.config(),
                entry.target(),
                status(entry.connector(), is.version()),
                flow.connector(),
                List.copyOf(tasks)));
    }

    private TaskView view(TaskId id, Unit unit, String version, Flow flow) {
        Optional<TaskCounters> counters = runs.counters(id);
        return new TaskView(
                id.index(),
                status(unit, version),
                flow,
                unit.config(),
                counters.map(TaskCounters::records).orElse(0L),
                counters.map(TaskCounters::bytes).orElse(0L),
                counters.map(TaskCounters::lastActivityMillis).orElse(0L),
                counters.flatMap(TaskCounters::progress));
    }

    private StatusView status(Unit unit, String version) {
        return new StatusView(unit.state(), workerId, version, unit.trace(), unit.recovery());
    }

    /** Returns the version of a connector's plugin. */
    String version(Optional<Entry> entry) {
        return entry.flatMap(present -> Optional.ofNullable(present.wanted())
                        .map(wanted -> known(present.name(), wanted).version()))
                .orElse(Plugin.UNKNOWN_VERSION);
    }

    /** Returns what a task has done since it started, if it was started. */
    Optional<TaskCounters> counters(TaskId id) {
        return runs.counters(id);
    }

    /** Returns how starts went. */
    StartCounters starts() {
        return runs.starts();
    }

    /** Returns what a connector is. */
    PluginKind kind(String name, StoredConnector wanted) {
        return known(name, wanted).kind();
    }

    void forget(String name) {
        known.remove(name);
    }

    @SuppressWarnings(
            "ReferenceEquality") // The same stored object has the same class; comparing settings would cost more.
    private Known known(String name, StoredConnector wanted) {
        Known last = known.get(name);
        if (last == null || last.connector() != wanted) {
            last = lookUp(wanted);
            known.put(name, last);
        }
        return last;
    }

    /** A connector whose plugin is gone has no kind to look up; a sink is recognised by its topics. */
    private Known lookUp(StoredConnector wanted) {
        Map<String, String> config = wanted.config();
        try {
            var descriptor = plugins.findConnector(ConnectorConfig.connectorClass(config))
                    .descriptor();
            return new Known(wanted, descriptor.kind(), descriptor.version());
        } catch (ConfigException unknown) {
            boolean hasTopics = config.containsKey("topics") || config.containsKey("topics.regex");
            return new Known(wanted, hasTopics ? PluginKind.SINK : PluginKind.SOURCE, Plugin.UNKNOWN_VERSION);
        }
    }
}
