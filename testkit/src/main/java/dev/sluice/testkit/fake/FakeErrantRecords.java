package dev.sluice.testkit.fake;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.ConnectRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects the records that a task reported as impossible, up to a number that it tolerates. */
public final class FakeErrantRecords implements ErrantRecordReporter {
    /**
     * One report.
     *
     * @param record what the task handed in
     * @param failure why it could not be processed
     */
    public record Report(ConnectRecord<?> record, Throwable failure) {}

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final int countMax;

    /** Creates a reporter that tolerates so many reports and refuses the next one. */
    public FakeErrantRecords(int countMax) {
        this.countMax = countMax;
    }

    @Override
    public CompletionStage<Void> report(ConnectRecord<?> record, Throwable failure) {
        if (reports.size() >= countMax) {
            throw new ConnectorException(
                    "Cannot tolerate another errant record: the limit is " + countMax + ".", failure);
        }
        reports.add(new Report(record, failure));
        return CompletableFuture.completedFuture(null);
    }

    /** Returns all reports in order. */
    public List<Report> reports() {
        return List.copyOf(reports);
    }
}
