package dev.sluice.connector.elasticsearch.bulk;

/**
 * How many requests may be in flight and how large they may be, by what the cluster bears: additive increase, multiplicative decrease,
 * as TCP does it (RFC 5681). A refusal for want of room halves the requests in flight; with one in flight it halves the items of a
 * request. Until the first refusal the window opens by one per answer.
 *
 * <p>Requests that were sent before a decrease tell nothing about what came after it: one overload counts once.
 */
final class Congestion {
    private static final int FIRST_WINDOW = 2;
    private static final int STEPS = 20;

    private final boolean isAdaptive;
    private final int windowMax;
    private final int itemsMax;
    private double window;
    private double items;
    private long bytes;
    private boolean wasRefused;
    private long lastDecreaseNanos = Long.MIN_VALUE;

    Congestion(BulkConfig config) {
        this.isAdaptive = config.isAdaptive();
        this.windowMax = config.requestsInFlightMax();
        this.itemsMax = config.itemsMax();
        this.bytes = config.bytesMax();
        this.window = isAdaptive ? Math.min(FIRST_WINDOW, windowMax) : windowMax;
        this.items = itemsMax;
    }

    /** The cluster took what was sent. */
    void onSuccess() {
        if (!isAdaptive) {
            return;
        }
        window = Math.min(windowMax, window + (wasRefused ? 1 / window : 1));
        items = Math.min(itemsMax, items + Math.max(1, itemsMax / STEPS));
    }

    /** The cluster had no room for what was sent then; returns whether this is news. */
    boolean onRefusal(long sentNanos, long nowNanos) {
        if (lastDecreaseNanos != Long.MIN_VALUE && sentNanos - lastDecreaseNanos < 0) {
            return false;
        }
        lastDecreaseNanos = nowNanos;
        wasRefused = true;
        if (isAdaptive) {
            items = window < 2 ? Math.max(1, items / 2) : items;
            window = Math.max(1, window / 2);
        }
        return true;
    }

    /** A request of that size is too large, and will always be. */
    void onTooLarge(long sentBytes) {
        bytes = Math.max(1, Math.min(bytes, sentBytes / 2));
    }

    int window() {
        return (int) window;
    }

    int items() {
        return (int) items;
    }

    long bytes() {
        return bytes;
    }
}
