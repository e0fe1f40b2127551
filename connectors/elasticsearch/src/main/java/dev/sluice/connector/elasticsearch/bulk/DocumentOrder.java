package dev.sluice.connector.elasticsearch.bulk;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of operations on one document: one waits until those before it are finished, unless all of them are versioned, for
 * then the server keeps the order. Two that are not both versioned are never in one request either: the first alone may be refused
 * for now, and would come after the second when it is sent again.
 *
 * <p>As long as all items are versioned, which is the usual case, it keeps nothing.
 */
final class DocumentOrder<T> {
    private @Nullable Map<Object, Chain<T>> chains;

    /** What is unfinished of one document. */
    private static final class Chain<T> {
        /** Items that may be sent, or were sent. */
        int open;

        boolean isOpenVersioned = true;
        final ArrayDeque<Entry<T>> blocked = new ArrayDeque<>();

        boolean accepts(BulkItem<T> item) {
            return open == 0 || (isOpenVersioned && item.isVersioned());
        }

        void open(BulkItem<T> item) {
            open++;
            isOpenVersioned &= item.isVersioned();
        }
    }

    /** Returns whether this item is the first that asks for order among those that are unfinished. */
    boolean mustBeginBefore(BulkItem<T> item) {
        return chains == null && !item.isVersioned() && item.document() != null;
    }

    /** Begins to keep order, with all items that may be sent or were. */
    void begin(Iterable<Entry<T>> unfinished) {
        Map<Object, Chain<T>> begun = new HashMap<>();
        chains = begun;
        for (Entry<T> entry : unfinished) {
            Object document = entry.item.document();
            if (document != null) {
                begun.computeIfAbsent(document, unused -> new Chain<>()).open(entry.item);
            }
        }
    }

    /** Takes an item in; returns whether it may be sent now. */
    boolean admit(Entry<T> entry) {
        Object document = entry.item.document();
        Map<Object, Chain<T>> kept = chains;
        if (kept == null || document == null) {
            return true;
        }
        Chain<T> chain = kept.computeIfAbsent(document, unused -> new Chain<>());
        if (chain.blocked.isEmpty() && chain.accepts(entry.item)) {
            chain.open(entry.item);
            return true;
        }
        chain.blocked.add(entry);
        return false;
    }

    /** Learns that an item is finished; names those that may be sent now. */
    void finish(Entry<T> entry, Consumer<Entry<T>> released) {
        Object document = entry.item.document();
        Map<Object, Chain<T>> kept = chains;
        if (kept == null || document == null) {
            return;
        }
        Chain<T> chain = kept.get(document);
        if (chain == null) {
            throw new IllegalStateException("A finished item must be known, but its document has no chain.");
        }
        if (--chain.open > 0) {
            return;
        }
        chain.isOpenVersioned = true;
        for (Entry<T> next = chain.blocked.peek();
                next != null && chain.accepts(next.item);
                next = chain.blocked.peek()) {
            chain.open(next.item);
            released.accept(chain.blocked.remove());
        }
        if (chain.open == 0) {
            kept.remove(document);
        }
    }

    /** Learns that nothing is unfinished. */
    void end() {
        chains = null;
    }

    /** Returns how many documents it watches; for tests. */
    int documentCount() {
        return chains == null ? 0 : chains.size();
    }

    /** Returns the items that wait for others; for tests. */
    List<Entry<T>> blocked() {
        return chains == null
                ? List.of()
                : chains.values().stream()
                        .flatMap(chain -> chain.blocked.stream())
                        .toList();
    }
}
