package dev.sluice.runtime.store;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source partition of one connector, in the form that JSON gives it: whole numbers are longs, so that maps are equal
 * whether they come from a task or from the log.
 *
 * @param connector the connector's name
 * @param partition the connector's own partition map
 */
record SourcePartition(String connector, Map<String, @Nullable Object> partition) {
    /** Returns the entry's key for a task's map. */
    static SourcePartition of(String connector, Map<String, ? extends @Nullable Object> partition) {
        return new SourcePartition(connector, normalized(partition));
    }

    /** Returns a map as it will be read back from JSON. */
    static Map<String, @Nullable Object> normalized(Map<String, ? extends @Nullable Object> map) {
        try {
            return Json.map(Json.bytes(map));
        } catch (IOException impossible) {
            throw new IllegalStateException("JSON that was just written cannot be read", impossible);
        }
    }
}
