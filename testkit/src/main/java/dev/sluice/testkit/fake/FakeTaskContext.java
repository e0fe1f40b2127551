package dev.sluice.testkit.fake;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.Progress;
import dev.sluice.api.connector.TaskContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the fakes of both task contexts share. Errors are not tolerated unless {@link #tolerateErrors} was called. */
public abstract sealed class FakeTaskContext implements TaskContext permits FakeSourceTaskContext, FakeSinkTaskContext {
    private final long taskEpoch;
    private final FakeMetrics metrics = new FakeMetrics();
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private volatile Optional<FakeErrantRecords> errantRecords = Optional.empty();

    FakeTaskContext(long taskEpoch) {
        this.taskEpoch = taskEpoch;
    }

    /** Lets the task report so many errant records from now on; returns where they are collected. */
    public FakeErrantRecords tolerateErrors(int countMax) {
        FakeErrantRecords collected = new FakeErrantRecords(countMax);
        errantRecords = Optional.of(collected);
        return collected;
    }

    @Override
    public String connectorName() {
        return "testing";
    }

    @Override
    public int taskIndex() {
        return 0;
    }

    @Override
    public long taskEpoch() {
        return taskEpoch;
    }

    @Override
    public Optional<ErrantRecordReporter> errantRecords() {
        return errantRecords.map(collected -> collected);
    }

    @Override
    public void progress(Progress report) {
        progress.add(report);
    }

    /** Returns what the task told about its progress, in order. */
    public List<Progress> progressReports() {
        return List.copyOf(progress);
    }

    @Override
    public FakeMetrics metrics() {
        return metrics;
    }
}
