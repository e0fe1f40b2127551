package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.api.plugin.PluginMetrics;
import java.util.Map;

/** What a writer tells of itself. Recorded by the writer's thread; gauges are read by any. */
public final class BulkMetrics {
    private static final Map<String, String> NO_TAGS = Map.of();

    private final PluginMetrics.Counter requests;
    private final PluginMetrics.Counter failedRequests;
    private final PluginMetrics.Counter splitRequests;
    private final PluginMetrics.Counter retriedItems;
    private final PluginMetrics.Counter conflicts;
    private final PluginMetrics.Counter refusedItems;
    private final PluginMetrics.Histogram latency;
    private final PluginMetrics.Histogram items;
    private final PluginMetrics.Histogram bytes;
    private volatile Shown shown = new Shown(0, 0, 0, 0, 0, 0);

    /**
     * What the gauges show.
     *
     * @param inFlight requests in flight
     * @param window how many may be
     * @param itemsMax items that a request may have
     * @param bufferedItems unfinished items
     * @param bufferedBytes their bytes
     * @param failingSeconds how long the oldest refused item was tried
     */
    record Shown(
            int inFlight, int window, int itemsMax, int bufferedItems, long bufferedBytes, double failingSeconds) {}

    /** Publishes the metrics. */
    public BulkMetrics(PluginMetrics metrics) {
        requests = metrics.counter("bulk-requests", "Bulk requests that were answered.", NO_TAGS);
        failedRequests = metrics.counter(
                "bulk-requests-failed", "Bulk requests that failed as a whole, or were not answered.", NO_TAGS);
        splitRequests = metrics.counter(
                "bulk-requests-split",
                "Bulk requests that were divided because they were too large or malformed.",
                NO_TAGS);
        retriedItems =
                metrics.counter("bulk-items-retried", "Items that were refused for now and sent again.", NO_TAGS);
        conflicts = metrics.counter("bulk-items-conflicts", "Items that met a newer or equal version.", NO_TAGS);
        refusedItems = metrics.counter("bulk-items-refused", "Items that the cluster will never take.", NO_TAGS);
        latency = metrics.histogram("bulk-latency-ms", "Time from a bulk request to its answer.", NO_TAGS);
        items = metrics.histogram("bulk-items", "Items of a bulk request.", NO_TAGS);
        bytes = metrics.histogram("bulk-bytes", "Bytes of a bulk request.", NO_TAGS);
        metrics.gauge("bulk-in-flight", "Bulk requests in flight.", NO_TAGS, () -> shown.inFlight());
        metrics.gauge(
                "bulk-window",
                "Bulk requests that may be in flight, by what the cluster bears.",
                NO_TAGS,
                () -> shown.window());
        metrics.gauge(
                "bulk-items-max",
                "Items that a bulk request may have, by what the cluster bears.",
                NO_TAGS,
                () -> shown.itemsMax());
        metrics.gauge("bulk-buffered-items", "Items that are not finished.", NO_TAGS, () -> shown.bufferedItems());
        metrics.gauge("bulk-buffered-bytes", "Their bytes.", NO_TAGS, () -> (double) shown.bufferedBytes());
        metrics.gauge(
                "bulk-failing-seconds",
                "For how long the oldest item that the cluster refuses was tried.",
                NO_TAGS,
                () -> shown.failingSeconds());
    }

    void show(Shown now) {
        shown = now;
    }

    void onSent(int itemCount, long byteCount) {
        items.record(itemCount);
        bytes.record((double) byteCount);
    }

    void onAnswered(long nanos) {
        requests.add(1);
        latency.record(nanos / 1e6);
    }

    void onFailed() {
        failedRequests.add(1);
    }

    void onSplit() {
        splitRequests.add(1);
    }

    void onRetried(int count) {
        retriedItems.add(count);
    }

    void onConflict() {
        conflicts.add(1);
    }

    void onRefused() {
        refusedItems.add(1);
    }
}
