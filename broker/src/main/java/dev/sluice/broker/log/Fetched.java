package dev.sluice.broker.log;

import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * What a read found.
 *
 * @param records whole batches, in the reader's own memory. The first batch may begin below the offset asked for: skip
 *     records with smaller offsets. Empty when there is nothing new.
 * @param startOffset the first offset of the partition
 * @param highWatermark the offset that the next record gets; everything below can be read
 * @param stableOffset the first record of a transaction that is still open, else the high watermark
 * @param aborted aborted transactions with records among these, for a read of committed records; see {@link AbortedBatches}
 */
public record Fetched(
        MemoryRecords records,
        long startOffset,
        long highWatermark,
        long stableOffset,
        List<AbortedTransaction> aborted) {
    public Fetched {
        aborted = List.copyOf(aborted);
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return records.sizeInBytes() == 0;
    }
}
