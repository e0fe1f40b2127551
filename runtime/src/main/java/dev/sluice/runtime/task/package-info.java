/**
 * Runs connectors and tasks: threads, plugin calls, record pipelines, and the bookkeeping of what is done.
 *
 * <p>{@link dev.sluice.runtime.task.TaskThread} gives each connector and task a thread and a life cycle;
 * {@link dev.sluice.runtime.task.SourceTaskRunner} and {@link dev.sluice.runtime.task.SinkTaskRunner} are the steps that
 * it repeats; {@link dev.sluice.runtime.task.Watchdog} notices calls that do not come back. The herder starts and stops
 * them and hears of them through {@link dev.sluice.runtime.task.TaskListener}.
 */
@NullMarked
package dev.sluice.runtime.task;

import org.jspecify.annotations.NullMarked;
