package dev.sluice.runtime.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a connector stands in one partition.
 *
 * @param partition a source's own partition, or a sink's {@code kafka_topic} and {@code kafka_partition}
 * @param offset a source's own offset, or a sink's {@code kafka_offset}; null for none, or to forget it
 */
public record OffsetEntry(
        Map<String, @Nullable Object> partition, @Nullable Map<String, @Nullable Object> offset) {}
