package dev.sluice.connector.elasticsearch.bulk;

/**
 * Learns what became of items; on the thread that drives the writer, inside its calls.
 *
 * @param <T> what the caller knows items by
 */
public interface BulkListener<T> {
    /** The cluster carried it out. Throws nothing. */
    void onDone(T origin);

    /** The cluster has a newer or equal version, or what was to be created. What this throws fails the writer. */
    void onConflict(T origin, ItemResult result);

    /** The cluster will never take it. What this throws fails the writer. */
    void onRefused(T origin, ItemResult result);
}
