package dev.sluice.runtime.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connector to look at.
 *
 * @param name its name
 * @param connector the connector itself
 * @param tasks its tasks by index
 * @param reads what a sink reads, whether it has tasks or not; null for a source, and where that cannot be told
 */
public record FlowSubject(
        String name,
        FlowUnit connector,
        List<FlowUnit> tasks,
        @Nullable SinkReads reads) {
    /** Copies the tasks in. */
    public FlowSubject {
        tasks = List.copyOf(tasks);
    }
}
