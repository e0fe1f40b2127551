package dev.sluice.connector.elasticsearch.bulk;

/** An item on its way, and how it fared so far. Belongs to the thread of its writer. */
final class Entry<T> {
    final BulkItem<T> item;
    final long bytes;
    final long addedNanos;
    int failures;
    long firstFailureNanos;
    ItemResult lastFailure = ItemResult.DONE;

    Entry(BulkItem<T> item, long addedNanos) {
        this.item = item;
        this.bytes = item.bytes();
        this.addedNanos = addedNanos;
    }

    void onFailure(ItemResult failure, long nowNanos) {
        if (failures++ == 0) {
            firstFailureNanos = nowNanos;
        }
        lastFailure = failure;
    }
}
