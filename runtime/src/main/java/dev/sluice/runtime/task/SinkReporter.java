package dev.sluice.runtime.task;

import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.RawRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records that a sink task reports. A dead letter has the bytes of the log: those of the batch at hand, or, for a
 * record of an earlier one, those that are read once more. A record that the task has changed is written by the converters.
 */
final class SinkReporter extends TaskReporter {
    private final RecordErrors errors;
    private final SinkPartitions partitions;
    private final Optional<SinkDeadLetters> letters;
    private final String plugin;
    private SinkBatch batch = SinkBatch.EMPTY;
    private @Nullable SinkPipeline pipeline;

    SinkReporter(
            Mailbox mailbox,
            RecordErrors errors,
            SinkPartitions partitions,
            Optional<SinkDeadLetters> letters,
            String plugin) {
        super(mailbox);
        this.errors = errors;
        this.partitions = partitions;
        this.letters = letters;
        this.plugin = plugin;
    }

    /** From now on changed records are written by this pipeline's converters. */
    void writeBy(SinkPipeline started) {
        pipeline = started;
    }

    /** From now on the task has the records of this batch in hand. */
    void begin(SinkBatch current) {
        batch = current;
    }

    @Override
    CompletableFuture<Void> take(ConnectRecord<?> record, Throwable problem) {
        if (!(record instanceof SinkRecord reported)) {
            throw new IllegalArgumentException("Cannot report a record of a source: this is a sink.");
        }
        RecordCoordinates origin = reported.origin();
        Failure failure = new Failure(Stage.TASK_PUT, plugin, problem, origin.toString(), 1);
        ErrorDecision decision = errors.judge(
                failure, ErrorFacts.Blame.REPORTED, () -> "[timestamp=" + reported.timestampMillis() + "]");
        return switch (decision) {
            case FAIL, PAUSE -> throw intolerable(problem);
            case SKIP -> CompletableFuture.completedFuture(null);
            case DEAD_LETTER -> letters.orElseThrow().send(List.of(new SinkLetter(origin, bytes(reported), failure)));
        };
    }

    private RawRecord bytes(SinkRecord record) {
        LogRecord original = batch.original(record.origin());
        boolean isUnchanged = original != null && isInBatch(record);
        if (original == null) {
            original = partitions.readAgain(record.origin());
            isUnchanged = original != null;
        }
        if (original != null && isUnchanged) {
            return SinkReader.raw(original);
        }
        SinkPipeline writer = pipeline;
        if (writer == null) {
            throw new IllegalStateException("a record was reported before the task was started");
        }
        return writer.toLog(record);
    }

    @SuppressWarnings("ReferenceEquality") // The very record that the task was given is unchanged.
    private boolean isInBatch(SinkRecord record) {
        return batch.records().stream().anyMatch(given -> given == record);
    }
}
