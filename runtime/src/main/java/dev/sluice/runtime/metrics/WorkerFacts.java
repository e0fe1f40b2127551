package dev.sluice.runtime.metrics;

import dev.sluice.runtime.control.StartCounters;
import java.util.Map;

/**
 * The worker itself.
 *
 * @param workerId its address, as statuses name it
 * @param clusterId the identity of the cluster whose log it uses
 * @param startMillis when it started, in milliseconds since 1970-01-01T00:00Z
 * @param starts how the starts of connectors and tasks went
 * @param abandonedThreads threads that were given up and still live
 * @param context the labels of {@code metrics.context.*}, by name without that prefix
 */
record WorkerFacts(
        String workerId,
        String clusterId,
        long startMillis,
        StartCounters starts,
        int abandonedThreads,
        Map<String, String> context) {
    /** Copies the labels. */
    WorkerFacts {
        context = Map.copyOf(context);
    }
}
