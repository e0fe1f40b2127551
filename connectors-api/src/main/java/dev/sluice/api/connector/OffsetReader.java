package dev.sluice.api.connector;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored offsets of a source. May be called from any thread; answers from memory.
 *
 * <p>Values are null, booleans, {@link Long}, {@link Double}, strings, lists and maps of these.
 */
public interface OffsetReader {
    /** Returns the offset of a source partition, or null if nothing was stored for it. */
    @Nullable
    Map<String, @Nullable Object> offset(Map<String, ? extends @Nullable Object> partition);

    /** Returns the offsets of those of the partitions for which something was stored. */
    Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> offsets(
            Collection<? extends Map<String, ? extends @Nullable Object>> partitions);

    /** Returns all offsets that are stored for the connector, by source partition. */
    Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> all();
}
