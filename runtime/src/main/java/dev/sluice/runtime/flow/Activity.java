package dev.sluice.runtime.flow;

import org.jspecify.annotations.Nullable;

/**
 * What a thread does.
 *
 * @param threadName its name, for whoever looks with jstack
 * @param hasEnded whether it is gone, though nobody said so
 * @param call the plugin call that it is in, in words such as {@code put}, or null
 * @param callMillis since when it is in that call, in milliseconds since 1970-01-01T00:00Z
 * @param stepMillis when it began its last step, likewise
 * @param retry what it tries again, or null
 */
record Activity(
        String threadName,
        boolean hasEnded,
        @Nullable String call,
        long callMillis,
        long stepMillis,
        @Nullable Retry retry) {}
