package dev.sluice.runtime.control;

import org.jspecify.annotations.Nullable;

/**
 * The status of a connector or task.
 *
 * @param state what it does
 * @param workerId the worker that runs it
 * @param version the plugin's version
 * @param trace why it failed or is stuck, or null
 * @param recovery what is known of its failures, and when it starts again
 */
public record StatusView(
        RunState state,
        String workerId,
        String version,
        @Nullable String trace,
        Recovery recovery) {}
