package dev.sluice.runtime.transport;

import dev.sluice.api.record.TopicPartition;
import java.util.List;

/**
 * Records for one partition, in order. The list is given away.
 *
 * @param partition where they go
 * @param records at least one record
 */
public record PartitionBatch(TopicPartition partition, List<RawRecord> records) {}
