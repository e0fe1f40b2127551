package dev.sluice.runtime.task;

import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one put gets, or, once it was put, what became of it.
 *
 * @param records those that passed the pipeline, in order per partition
 * @param nextOffsets where to read on per partition once the batch is done; dropped and tolerated records count
 * @param bytes the bytes of the records' keys and values
 * @param letters records for the dead letters
 * @param originals the records as they stand in the log, by reference; kept only where dead letters may need them
 * @param end why it ends here, or null if it goes on
 */
record SinkBatch(
        List<SinkRecord> records,
        Map<TopicPartition, Long> nextOffsets,
        long bytes,
        List<SinkLetter> letters,
        Map<TopicPartition, List<LogRecord>> originals,
        @Nullable BatchEnd end) {

    /** Nothing at all. */
    static final SinkBatch EMPTY = new SinkBatch(List.of(), Map.of(), 0, List.of(), Map.of(), null);

    /** Returns a record as it stands in the log, or null if it is not of this batch or was not kept. */
    @Nullable
    LogRecord original(RecordCoordinates origin) {
        List<LogRecord> kept = originals.getOrDefault(origin.partition(), List.of());
        int low = 0;
        int high = kept.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long offset = kept.get(middle).offset();
            if (offset == origin.offset()) {
                return kept.get(middle);
            }
            if (offset < origin.offset()) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Returns the batch with more dead letters. */
    SinkBatch with(List<SinkLetter> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<SinkLetter> all = new ArrayList<>(letters);
        all.addAll(more);
        return new SinkBatch(records, nextOffsets, bytes, all, originals, end);
    }

    /**
     * Returns what stands before a record, whose partition ends there; other partitions end at their first record behind it,
     * for that was not put either. Dead letters of what is cut off are made again when it is read again.
     */
    SinkBatch cutBefore(int index, BatchEnd reason) {
        Map<TopicPartition, Long> next = new HashMap<>(nextOffsets);
        for (SinkRecord record : records.subList(index, records.size())) {
            next.merge(record.origin().partition(), record.origin().offset(), Math::min);
        }
        List<SinkLetter> before = letters.stream()
                .filter(letter -> letter.origin().offset()
                        < next.getOrDefault(letter.origin().partition(), 0L))
                .toList();
        long share = records.isEmpty() ? 0 : bytes * index / records.size();
        return new SinkBatch(records.subList(0, index), next, share, before, originals, reason);
    }
}
