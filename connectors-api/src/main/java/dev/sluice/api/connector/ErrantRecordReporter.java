package dev.sluice.api.connector;

import dev.sluice.api.record.ConnectRecord;
import java.util.concurrent.CompletionStage;

/** Takes single records that a task cannot process, by the connector's error settings: logs, counts, dead letters. */
public interface ErrantRecordReporter {
    /**
     * Reports one record.
     *
     * <p>The record then counts as done; its offset is not committed before the report is safe, so the task need not wait
     * for the result. If the settings do not tolerate the error, this call throws and the task fails.
     *
     * <p>May be called from any thread. From another one than the task's, the record is taken between two calls of the task
     * and before offsets are committed: such a thread must not be waited for together with the result.
     *
     * @param record the record as the task had it: for a sink, the one given to {@code put}
     * @param failure why it cannot be processed
     * @return completes when the report is stored
     */
    CompletionStage<Void> report(ConnectRecord<?> record, Throwable failure);
}
