package dev.sluice.runtime.task;

/**
 * A task that was started.
 *
 * @param thread to stop, pause and resume it
 * @param counters what it has done so far
 */
public record RunningTask(TaskThread thread, TaskCounters counters) {}
