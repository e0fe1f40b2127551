package dev.sluice.runtime.task;

import dev.sluice.api.record.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the last position of each source partition. Tasks mostly repeat one partition map, which costs nothing here. */
final class NewestPositions {
    private final Map<Map<String, ? extends @Nullable Object>, SourcePosition> newest = new LinkedHashMap<>();
    private @Nullable SourcePosition last;

    void add(SourcePosition position) {
        if (last != null && last.partition() != position.partition()) {
            newest.put(last.partition(), last);
        }
        last = position;
    }

    void addAll(List<SourcePosition> positions) {
        positions.forEach(this::add);
    }

    /** Returns one position per source partition and forgets them. */
    List<SourcePosition> take() {
        if (last != null) {
            newest.put(last.partition(), last);
            last = null;
        }
        List<SourcePosition> taken = new ArrayList<>(newest.values());
        newest.clear();
        return taken;
    }
}
