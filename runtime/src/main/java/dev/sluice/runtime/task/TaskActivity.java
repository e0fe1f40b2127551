package dev.sluice.runtime.task;

import org.jspecify.annotations.Nullable;

/**
 * What a thread does at one moment; spans are in nanoseconds.
 *
 * @param threadName its name
 * @param isAlive whether it has not ended
 * @param call the plugin call that it is in, or null
 * @param callNanos how long it is in that call; 0 for none
 * @param stepNanos how long it is in its present step
 * @param pauseNanos how long it still waits before it tries something again; 0 where it does not
 */
public record TaskActivity(
        String threadName, boolean isAlive, @Nullable Stage call, long callNanos, long stepNanos, long pauseNanos) {}
