package dev.sluice.runtime.task;

import dev.sluice.api.record.SourceRecord;
import java.util.List;
import java.util.Optional;

/** Takes polled records through the pipeline into a batch, with their dead letters. Task thread. */
final class SourceFill {
    private final SourcePipeline pipeline;
    private final RecordErrors errors;
    private final Optional<SourceDeadLetters> letters;
    private final TaskCounters counters;

    SourceFill(
            SourcePipeline pipeline, RecordErrors errors, Optional<SourceDeadLetters> letters, TaskCounters counters) {
        this.pipeline = pipeline;
        this.errors = errors;
        this.letters = letters;
        this.counters = counters;
    }

    /**
     * Fills a batch.
     *
     * @return false if the budget was spent before the last record, which then is not in the batch, nor those behind it
     * @throws TaskFailedException at a record that fails the task, likewise
     */
    boolean fill(SourceBatch batch, List<SourceRecord> records) throws TaskFailedException, InterruptedException {
        for (SourceRecord record : records) {
            Outcome<OutgoingRecord> outcome = pipeline.toLog(record);
            if (outcome instanceof Outcome.Failed<OutgoingRecord> failed) {
                if (!isLeftOut(batch, record, failed.failure())) {
                    return false;
                }
            } else if (outcome instanceof Outcome.Dropped<OutgoingRecord>) {
                counters.onDropped();
            }
            batch.add(record, outcome);
        }
        return true;
    }

    /** Returns whether a record that failed is done with; not so where the budget is spent. */
    private boolean isLeftOut(SourceBatch batch, SourceRecord record, Failure failure) throws TaskFailedException {
        ErrorDecision decision = errors.judge(failure, ErrorFacts.Blame.STEP, () -> SourceDeadLetters.contents(record));
        return switch (decision) {
            case FAIL -> throw new TaskFailedException(failure);
            case PAUSE -> false;
            case SKIP -> true;
            case DEAD_LETTER -> {
                batch.add(letters.orElseThrow().letter(record, failure));
                yield true;
            }
        };
    }
}
