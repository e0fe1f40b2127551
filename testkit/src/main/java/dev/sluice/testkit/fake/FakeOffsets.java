package dev.sluice.testkit.fake;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.record.SourcePosition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An offset store in memory, whose contents go through JSON as those of the real one do. */
public final class FakeOffsets implements OffsetReader {
    private final Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> stored = new ConcurrentHashMap<>();

    /**
     * Stores a position in place of the partition's former one.
     *
     * @throws IllegalArgumentException if JSON cannot hold it
     */
    public void store(SourcePosition position) {
        stored.put(StoredJson.map(position.partition(), "partition"), StoredJson.map(position.offset(), "offset"));
    }

    /** Forgets the offset of a partition. */
    public void reset(Map<String, ? extends @Nullable Object> partition) {
        stored.remove(StoredJson.map(partition, "partition"));
    }

    /** Returns a store of its own with the same contents. */
    public FakeOffsets copy() {
        FakeOffsets copy = new FakeOffsets();
        copy.stored.putAll(stored);
        return copy;
    }

    @Override
    public @Nullable Map<String, @Nullable Object> offset(Map<String, ? extends @Nullable Object> partition) {
        return stored.get(StoredJson.map(partition, "partition"));
    }

    @Override
    public Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> offsets(
            Collection<? extends Map<String, ? extends @Nullable Object>> partitions) {
        Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
        for (Map<String, ? extends @Nullable Object> partition : partitions) {
            Map<String, @Nullable Object> offset = offset(partition);
            if (offset != null) {
                found.put(StoredJson.map(partition, "partition"), offset);
            }
        }
        return found;
    }

    @Override
    public Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> all() {
        return Map.copyOf(stored);
    }
}
