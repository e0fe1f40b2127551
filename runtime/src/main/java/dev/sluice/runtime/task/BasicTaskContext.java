package dev.sluice.runtime.task;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.Progress;
import dev.sluice.api.connector.TaskContext;
import dev.sluice.api.plugin.PluginMetrics;
import dev.sluice.runtime.config.Tolerance;
import java.util.Optional;

/** What source and sink tasks may ask of the runtime alike. */
class BasicTaskContext implements TaskContext {
    private final TaskJob<?> job;
    private final TaskCounters counters;
    private final Optional<ErrantRecordReporter> errantRecords;

    BasicTaskContext(TaskJob<?> job, TaskCounters counters, ErrantRecordReporter reporter) {
        this.job = job;
        this.counters = counters;
        this.errantRecords =
                job.settings().errors().tolerance() == Tolerance.ALL ? Optional.of(reporter) : Optional.empty();
    }

    @Override
    public final String connectorName() {
        return job.id().connector();
    }

    @Override
    public final int taskIndex() {
        return job.id().index();
    }

    @Override
    public final long taskEpoch() {
        return job.epoch();
    }

    @Override
    public final Optional<ErrantRecordReporter> errantRecords() {
        return errantRecords;
    }

    @Override
    public final void progress(Progress progress) {
        counters.onProgress(progress);
    }

    @Override
    public final PluginMetrics metrics() {
        return counters.pluginMetrics();
    }
}
