package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.RawRecord;
import dev.sluice.runtime.transport.ReadBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a sink's next batch from the log and takes it through the pipeline. Task thread. */
final class SinkReader {
    private final TaskLimits limits;
    private final PluginCalls calls;
    private final TaskCounters counters;
    private final SinkPartitions partitions;
    private final SinkPipeline pipeline;
    private final RecordErrors errors;
    private final ByteBudget.Account memory;
    private final boolean keepsOriginals;

    SinkReader(
            TaskLimits limits,
            PluginCalls calls,
            TaskCounters counters,
            SinkPartitions partitions,
            SinkPipeline pipeline,
            RecordErrors errors,
            ByteBudget.Account memory,
            boolean keepsOriginals) {
        this.limits = limits;
        this.calls = calls;
        this.counters = counters;
        this.partitions = partitions;
        this.pipeline = pipeline;
        this.errors = errors;
        this.memory = memory;
        this.keepsOriginals = keepsOriginals;
    }

    /** A batch in the making. */
    private static final class Draft {
        final List<SinkRecord> records = new ArrayList<>();
        final Map<TopicPartition, Long> next = new HashMap<>();
        final List<SinkLetter> letters = new ArrayList<>();
        final Map<TopicPartition, List<LogRecord>> originals = new HashMap<>();
        long bytes;

        @Nullable
        BatchEnd end;

        SinkBatch toBatch() {
            return new SinkBatch(records, next, bytes, letters, originals, end);
        }
    }

    /** Returns the next batch; without any offsets where there is nothing to read. */
    SinkBatch read() throws TaskFailedException, InterruptedException {
        Draft draft = new Draft();
        int left = limits.batchRecordsMax();
        // Invariant 6: as many bytes as the task may hold beside the others; the last record may go beyond, for its
        // size is
        // known when it was read.
        long bytesMax = Math.min(limits.batchBytesMax(), Math.max(memory.free(), 1));
        long bytesLeft = bytesMax;
        for (PartitionCursor cursor : partitions.inTurn()) {
            if (left <= 0 || bytesLeft <= 0 || draft.end != null) {
                break;
            }
            if (cursor.hasMore()) {
                ReadBatch read = read(cursor, left, (int) bytesLeft);
                counters.onRead(read.records().size(), read.sizeBytes());
                draft.next.put(cursor.partition(), read.nextOffset());
                calls.run(Stage.PIPELINE, () -> convert(cursor.partition(), read.records(), draft));
                left -= read.records().size();
                bytesLeft -= read.sizeBytes();
            }
        }
        hold(bytesMax - bytesLeft);
        return draft.toBatch();
    }

    /** Books a batch and what the readers keep for the next one, for which they fetch again where there is no room. */
    private void hold(long batchBytes) {
        memory.hold(batchBytes);
        long kept = partitions.bufferedBytes();
        if (kept > memory.free()) {
            partitions.dropBuffers();
        } else if (kept > 0) {
            memory.hold(batchBytes + kept);
        }
    }

    /** The batch is done with. */
    void release() {
        memory.hold(partitions.bufferedBytes());
    }

    private static ReadBatch read(PartitionCursor cursor, int recordsMax, int bytesMax)
            throws TaskFailedException, InterruptedException {
        try {
            return cursor.reader().read(cursor.nextOffset(), recordsMax, bytesMax);
        } catch (ConnectorException unreadable) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_CONSUME, "the log", unreadable));
        }
    }

    /** Adds what passes the pipeline, up to a record at which the batch must end. */
    private void convert(TopicPartition partition, List<LogRecord> from, Draft to) throws InterruptedException {
        if (keepsOriginals) {
            to.originals.put(partition, from);
        }
        for (LogRecord record : from) {
            Outcome<SinkRecord> outcome = pipeline.fromLog(partition, record);
            if (outcome instanceof Outcome.Kept<SinkRecord> kept) {
                to.records.add(kept.record());
                to.bytes += size(record.key()) + size(record.value());
            } else if (outcome instanceof Outcome.Dropped<SinkRecord>) {
                counters.onDropped();
            } else if (outcome instanceof Outcome.Failed<SinkRecord> failed
                    && !isLeftOut(partition, record, failed.failure(), to)) {
                to.next.put(partition, record.offset());
                return;
            }
        }
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private boolean isLeftOut(TopicPartition partition, LogRecord record, Failure failure, Draft to) {
        ErrorDecision decision = errors.judge(failure, ErrorFacts.Blame.STEP, () -> contents(record));
        switch (decision) {
            case SKIP -> {}
            case DEAD_LETTER ->
                to.letters.add(new SinkLetter(new RecordCoordinates(partition, record.offset()), raw(record), failure));
            case FAIL -> to.end = new BatchEnd.Failed(failure, true);
            case PAUSE -> to.end = new BatchEnd.BudgetSpent();
        }
        return to.end == null;
    }

    /** Returns what the log of errors says of a record beyond its place: nothing of its contents, as Kafka Connect. */
    static String contents(LogRecord record) {
        return "[timestamp=" + record.timestampMillis() + " timestampType=" + record.timestampType() + "]";
    }

    /** Returns a record of the log as one that can be appended: the same arrays. */
    static RawRecord raw(LogRecord record) {
        return new RawRecord(record.key(), record.value(), record.headers(), record.timestampMillis());
    }
}
