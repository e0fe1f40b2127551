package dev.sluice.runtime.task;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.Progress;
import dev.sluice.api.connector.TaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginMetrics;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.runtime.config.ErrorSettings;
import dev.sluice.runtime.config.Tolerance;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What source and sink tasks may ask of the runtime alike. */
class BasicTaskContext implements TaskContext {
    private final TaskJob<?> job;
    private final TaskCounters counters;
    private final Optional<ErrantRecordReporter> errantRecords;

    BasicTaskContext(TaskJob<?> job, TaskCounters counters, Stage stage) {
        this.job = job;
        this.counters = counters;
        ErrorSettings errors = job.settings().errors();
        this.errantRecords = errors.tolerance() == Tolerance.ALL
                ? Optional.of(new LoggingReporter(new ErrorPolicy(job.id(), errors), stage, plugin(), counters))
                : Optional.empty();
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

    private String plugin() {
        return job.pluginClass();
    }

    /** Counts and logs errant records; there is nothing to wait for. */
    private record LoggingReporter(ErrorPolicy policy, Stage stage, String plugin, TaskCounters counters)
            implements ErrantRecordReporter {
        @Override
        public CompletionStage<Void> report(ConnectRecord<?> record, Throwable failure) {
            try {
                policy.onFailed(new Failure(stage, plugin, failure, record.toString(), 1));
            } catch (TaskFailedException intolerable) {
                throw new ConnectorException(String.valueOf(intolerable.getMessage()), failure);
            }
            counters.onFailed();
            return CompletableFuture.completedFuture(null);
        }
    }
}
