package dev.sluice.runtime.task;

import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.List;
import java.util.Map;

/**
 * What one put gets.
 *
 * @param records those that passed the pipeline, in order per partition
 * @param nextOffsets where to read on per partition once the batch is done; dropped and tolerated records count
 * @param bytes the bytes of the records' keys and values
 */
record SinkBatch(List<SinkRecord> records, Map<TopicPartition, Long> nextOffsets, long bytes) {}
