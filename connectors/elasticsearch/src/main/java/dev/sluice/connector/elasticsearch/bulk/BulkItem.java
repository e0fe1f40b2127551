package dev.sluice.connector.elasticsearch.bulk;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a bulk request.
 *
 * @param document which document it touches, for the order of operations on one document: equal objects are the same document; null if
 *     the server makes the id, so that no other operation can meet it
 * @param isVersioned whether the server itself refuses it when a newer one was there first (an external version): such items may
 *     overtake each other without harm
 * @param lines the action line and, but for a delete, the body line, each with its line feed, in pieces that are sent without being
 *     copied. Nobody may change their bytes
 * @param origin what the caller knows it by; handed back with its outcome
 * @param <T> what the caller knows items by
 */
public record BulkItem<T>(@Nullable Object document, boolean isVersioned, List<ByteBuffer> lines, T origin) {
    /** Copies the list in. */
    public BulkItem {
        lines = List.copyOf(lines);
    }

    /** Returns the size of its lines. */
    public long bytes() {
        long bytes = 0;
        for (ByteBuffer line : lines) { // Once per record: a stream would cost more than the rest.
            bytes += line.remaining();
        }
        return bytes;
    }
}
