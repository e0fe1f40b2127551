package dev.sluice.broker.log;

import org.apache.kafka.common.record.internal.Records;

/**
 * Where a read found its batches.
 *
 * @param records batches that are still in the file and can be sent from there; the last may be cut off, the first may
 *     begin below the offset asked for. Empty when there is nothing new.
 * @param startOffset the first offset of the partition
 * @param highWatermark the offset that the next record gets; everything below can be read
 */
public record Located(Records records, long startOffset, long highWatermark) {}
