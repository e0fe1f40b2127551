package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.connector.jdbc.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans the tasks of a connector that reads tables by queries. Belongs to the connector's thread. */
public final class TablePlanner implements AutoCloseable {
    private final Config settings;
    private final SourceConfig config;
    private final @Nullable TableWatch watch;
    private final LoadPlanner loads;

    /** Makes a planner that does not look for tables yet. */
    public TablePlanner(SourceConnectorContext context, Config settings) {
        this.settings = settings;
        this.config = SourceConfig.of(settings);
        this.loads = new LoadPlanner(config, context.offsets(), "jdbc-loads-" + context.connectorName());
        this.watch = config.choice().query() != null
                ? null
                : new TableWatch(
                        config,
                        "jdbc-tables-" + context.connectorName(),
                        context::requestTaskReconfiguration,
                        context::raiseError);
    }

    /** Begins to look for tables. */
    public void start() {
        if (watch != null) {
            watch.start();
        }
    }

    /** Returns the settings of the tasks that have something to read. */
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        TableWatch watching = watch;
        if (watching == null) {
            return List.of(settings.originals());
        }
        List<Map<String, String>> tasks = new ArrayList<>();
        List<TableId> tables = watching.tables(config.pace().startupLimit());
        List<List<TableId>> groups = TableSplit.groups(tables, tasksMax);
        Map<TableId, LoadPlan> plans = loads.plans(tables, tasksMax);
        int count = loads.isLoading(plans) ? tasksMax : groups.size();
        for (int index = 0; index < count; index++) {
            Map<String, String> task = new LinkedHashMap<>(settings.originals());
            task.put(SourceKeys.TASK_TABLES.name(), index < groups.size() ? TableNames.join(groups.get(index)) : "");
            new LoadShare(plans, index, count).putInto(task);
            tasks.add(task);
        }
        return tasks;
    }

    /** Says whether a restart continues exactly behind the last record, whatever happened before. */
    public static boolean isExactlyOnce(Config settings) {
        return Exactness.isSupported(SourceConfig.of(settings));
    }

    /** Looks at the database: whether it can be reached, and whether the tables are there and fit the mode. */
    public static List<ConfigProblem> probe(Config settings, Duration limit) {
        return SourceProbe.problems(SourceConfig.of(settings), limit);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
