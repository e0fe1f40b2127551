package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads tables by queries. A thread of its own reads; the task takes what that has read. */
public final class TableSourceTask implements SourceTask {
    /** How long a poll waits for rows. */
    private static final long POLL_MILLIS = 500;

    private @Nullable SourceTaskContext context;
    private @Nullable Connections connections;
    private @Nullable ReadingThread reading;

    /** Creates a task that is not started. */
    public TableSourceTask() {}

    @Override
    public void start(SourceTaskContext taskContext, Config settings) {
        context = taskContext;
        SourceConfig config = SourceConfig.of(settings);
        String name = "jdbc-source-" + taskContext.connectorName() + "-" + taskContext.taskIndex();
        Connections pool = Connections.of(
                config.connection().withDefaults(driverDefaults(config)), config.dialect()::kindOf, 1, name);
        connections = pool;
        List<TableReader> readers = readers(config, settings, taskContext);
        ReadingThread thread = new ReadingThread(name, pool, readers, config.pace());
        reading = thread;
        if (!readers.isEmpty()) {
            thread.start();
        }
    }

    private static List<TableReader> readers(SourceConfig config, Config settings, SourceTaskContext context) {
        Mode mode = config.reading().mode();
        LoadShare share = LoadShare.of(settings);
        List<TableReader> readers = new ArrayList<>();
        for (TableId table : share.plans().keySet()) {
            Target target = new Target(table, null);
            share.parts(target, mode, context.offsets())
                    .forEach(part -> readers.add(TableReader.ofPart(target, config, context, part)));
        }
        for (Target target : targets(config, settings)) {
            LoadPlan plan = share.plan(target, mode, context.offsets());
            readers.add(TableReader.of(target, config, context, plan));
        }
        return readers;
    }

    /** What the driver keeps of columns and plans would not notice that a table was changed. */
    private static Map<String, String> driverDefaults(SourceConfig config) {
        return config.dialect().reads().hasSnapshots()
                ? Map.of(
                        "databaseMetadataCacheFields",
                        "0",
                        "preparedStatementCacheQueries",
                        "0",
                        "ApplicationName",
                        "sluice-source")
                : Map.of();
    }

    private static List<Target> targets(SourceConfig config, Config settings) {
        String query = config.choice().query();
        if (query != null) {
            return List.of(new Target(null, query));
        }
        return TableNames.split(settings.find(SourceKeys.TASK_TABLES).orElse("")).stream()
                .map(table -> new Target(table, null))
                .toList();
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        ReadingThread thread = reading;
        if (thread == null) {
            throw new IllegalStateException("poll must follow start, but this task was not started or is stopped.");
        }
        Batch batch = thread.poll(POLL_MILLIS);
        if (batch == null) {
            return List.of();
        }
        if (batch.failure() != null) {
            throw batch.failure();
        }
        if (batch.bad() != null) {
            report(batch.bad(), Objects.requireNonNull(batch.why()));
        }
        if (batch.reached() != null) {
            Objects.requireNonNull(context).advance(batch.reached());
        }
        return batch.records();
    }

    private void report(SourceRecord row, RuntimeException why) {
        SourceTaskContext now = Objects.requireNonNull(context);
        ErrantRecordReporter reporter = now.errantRecords().orElseThrow(() -> why);
        // The runtime itself waits for the report before it stores an offset behind the row.
        var unused = reporter.report(row, why);
        now.advance(row.position());
    }

    @Override
    public void stop() {
        ReadingThread thread = reading;
        reading = null;
        if (thread != null) {
            thread.close();
        }
        Connections pool = connections;
        connections = null;
        if (pool != null) {
            pool.close();
        }
    }
}
