package dev.sluice.runtime.task;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.runtime.store.OffsetStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored offsets of one connector.
 *
 * @param store the store of all
 * @param connector the connector's name
 */
public record StoredOffsets(OffsetStore store, String connector) implements OffsetReader {
    @Override
    public @Nullable Map<String, @Nullable Object> offset(Map<String, ? extends @Nullable Object> partition) {
        return store.offset(connector, partition);
    }

    @Override
    public Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> offsets(
            Collection<? extends Map<String, ? extends @Nullable Object>> partitions) {
        Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> found = new HashMap<>();
        for (Map<String, ? extends @Nullable Object> partition : partitions) {
            Map<String, @Nullable Object> offset = offset(partition);
            if (offset != null) {
                found.put(new HashMap<>(partition), offset);
            }
        }
        return found;
    }

    @Override
    public Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> all() {
        return store.offsets(connector);
    }
}
