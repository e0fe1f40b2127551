package dev.sluice.api.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a source continues after a record: an offset in one of its own partitions.
 *
 * <p>Both maps hold null, booleans, numbers, strings and lists or maps of these, because they are stored as JSON; whole
 * numbers come back as {@link Long}, others as {@link Double}. They are not copied: the task gives them away.
 *
 * @param partition names the source partition, such as {@code {"filename": "a.log"}}; equal maps are one partition
 * @param offset the place after the record, such as {@code {"position": 4711}}
 */
public record SourcePosition(
        Map<String, ? extends @Nullable Object> partition, Map<String, ? extends @Nullable Object> offset) {}
