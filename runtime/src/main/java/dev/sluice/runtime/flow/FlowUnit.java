package dev.sluice.runtime.flow;

import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskThread;
import org.jspecify.annotations.Nullable;

/**
 * A connector itself or a task, to look at.
 *
 * @param life what is planned for it
 * @param trouble why it failed or is paused, or null
 * @param thread its present run, or the last one; null where there is none
 * @param counters what that run has done; null for a connector itself
 */
public record FlowUnit(
        Life life,
        @Nullable Trouble trouble,
        @Nullable TaskThread thread,
        @Nullable TaskCounters counters) {}
