package dev.sluice.runtime.store;

import org.jspecify.annotations.Nullable;

/**
 * The status of a connector or task as the status topic holds it.
 *
 * @param state Kafka Connect's word: UNASSIGNED, RUNNING, PAUSED, STOPPED, FAILED, RESTARTING; ours adds STUCK
 * @param trace why it failed, or null
 * @param workerId the worker's address
 * @param generation counts the runs of the connector or task on this worker
 * @param version the plugin's version, or null if unknown
 */
public record StoredStatus(
        String state,
        @Nullable String trace,
        String workerId,
        long generation,
        @Nullable String version) {}
