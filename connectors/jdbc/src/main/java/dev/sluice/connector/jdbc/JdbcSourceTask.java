package dev.sluice.connector.jdbc;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.cdc.CdcConfig;
import dev.sluice.connector.jdbc.cdc.CdcTask;
import dev.sluice.connector.jdbc.source.SharedSettings;
import dev.sluice.connector.jdbc.source.TableSourceTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a database in the way that the mode says: a task of its own does it. */
public final class JdbcSourceTask implements SourceTask {
    private @Nullable SourceTask work;

    /** Creates a task that is not started. */
    public JdbcSourceTask() {}

    @Override
    public void start(SourceTaskContext context, Config config) {
        SourceTask chosen = SharedSettings.isCapture(config)
                ? new CdcTask(CdcConfig.of(config), Captures.scope(config))
                : new TableSourceTask();
        work = chosen;
        chosen.start(context, config);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        SourceTask working = work;
        if (working == null) {
            throw new IllegalStateException("poll must follow start, but this task was not started or is stopped.");
        }
        return working.poll();
    }

    @Override
    public void commit(List<SourcePosition> stored) {
        if (work != null) {
            work.commit(stored);
        }
    }

    @Override
    public boolean wantsRecordCommits() {
        return work != null && work.wantsRecordCommits();
    }

    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordCoordinates coordinates) {
        if (work != null) {
            work.commitRecord(record, coordinates);
        }
    }

    @Override
    public void stop() {
        SourceTask working = work;
        work = null;
        if (working != null) {
            working.stop();
        }
    }
}
