package dev.sluice.broker.log;

import java.util.List;
import org.apache.kafka.common.record.internal.Records;

/**
 * Where a read found its batches.
 *
 * @param records batches that are still in the file and can be sent from there; the last may be cut off, the first may
 *     begin below the offset asked for. Empty when there is nothing new.
 * @param startOffset the first offset of the partition
 * @param highWatermark the offset that the next record gets; everything below can be read
 * @param stableOffset the first record of a transaction that is still open, else the high watermark
 * @param aborted aborted transactions with records among these, for a read of committed records
 */
public record Located(
        Records records, long startOffset, long highWatermark, long stableOffset, List<AbortedTransaction> aborted) {
    public Located {
        aborted = List.copyOf(aborted);
    }
}
