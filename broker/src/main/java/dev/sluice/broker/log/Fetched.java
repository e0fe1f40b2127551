package dev.sluice.broker.log;

import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * What a read found.
 *
 * @param records whole batches, in the reader's own memory. The first batch may begin below the offset asked for: skip
 *     records with smaller offsets. Empty when there is nothing new.
 * @param startOffset the first offset of the partition
 * @param highWatermark the offset that the next record gets; everything below can be read
 */
public record Fetched(MemoryRecords records, long startOffset, long highWatermark) {
    /** Whether nothing was found. */
    public boolean isEmpty() {
        return records.sizeInBytes() == 0;
    }
}
