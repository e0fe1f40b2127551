package dev.sluice.runtime.control;

import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.task.TaskProgress;
import java.util.Map;
import java.util.Optional;

/**
 * A task as others see it.
 *
 * @param index from 0
 * @param status what it does
 * @param flow what moves, and what does not
 * @param config its settings
 * @param records records that a source has in the log, or that a sink kept, since the task started
 * @param bytes their bytes
 * @param lastActivityMillis when records last moved, in milliseconds since 1970-01-01T00:00Z; 0 for never
 * @param progress how far a bounded job is, if the task says so
 */
public record TaskView(
        int index,
        StatusView status,
        Flow flow,
        Map<String, String> config,
        long records,
        long bytes,
        long lastActivityMillis,
        Optional<TaskProgress> progress) {}
