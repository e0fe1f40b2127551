package dev.sluice.connector.elasticsearch.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** The items that may be sent, in the order in which they should be: what failed before, then what waited for it, then what is new. */
final class Outbox<T> {
    /** Items that belong into one request, because a larger one was refused as a whole. */
    private final ArrayDeque<List<Entry<T>>> parts = new ArrayDeque<>();

    private final ArrayDeque<Entry<T>> urgent = new ArrayDeque<>();
    private final ArrayDeque<Entry<T>> fresh = new ArrayDeque<>();
    private final PriorityQueue<Group<T>> later =
            new PriorityQueue<>(Comparator.comparingLong((Group<T> group) -> group.notBeforeNanos()));
    private long freshBytes;

    /** Items that are to be tried again, but not now. */
    private record Group<T>(List<Entry<T>> entries, long notBeforeNanos) {}

    void addFresh(Entry<T> entry) {
        fresh.add(entry);
        freshBytes += entry.bytes;
    }

    void addUrgent(Entry<T> entry) {
        urgent.add(entry);
    }

    /** Adds items that come before all others. */
    void addUrgentFirst(List<Entry<T>> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            urgent.addFirst(entries.get(i));
        }
    }

    void addLater(List<Entry<T>> entries, long notBeforeNanos) {
        later.add(new Group<>(entries, notBeforeNanos));
    }

    /** Adds items that make a request of their own. */
    void addPart(List<Entry<T>> entries) {
        parts.add(entries);
    }

    /** Returns whether the new items fill a request. */
    boolean isFull(int itemsMax, long bytesMax) {
        return fresh.size() >= itemsMax || freshBytes >= bytesMax;
    }

    /** Returns whether there is something that was sent before, or waited for it, and may go now. */
    boolean hasUrgent(long nowNanos) {
        for (Group<T> due = later.peek(); due != null && due.notBeforeNanos() <= nowNanos; due = later.peek()) {
            urgent.addAll(later.remove().entries());
        }
        return !parts.isEmpty() || !urgent.isEmpty();
    }

    /** Returns whether new items were there at that time. */
    boolean hasFreshSince(long nanos) {
        Entry<T> oldest = fresh.peek();
        return oldest != null && oldest.addedNanos - nanos <= 0;
    }

    /** Takes the items of the next request out; at least one if there is any. */
    List<Entry<T>> next(int itemsMax, long bytesMax) {
        List<Entry<T>> part = parts.poll();
        if (part != null) {
            return part;
        }
        List<Entry<T>> next = new ArrayList<>(Math.min(itemsMax, urgent.size() + fresh.size()));
        long bytes = fill(next, urgent, 0, itemsMax, bytesMax);
        long before = bytes;
        bytes = fill(next, fresh, bytes, itemsMax, bytesMax);
        freshBytes -= bytes - before;
        return next;
    }

    private static <T> long fill(
            List<Entry<T>> next, ArrayDeque<Entry<T>> from, long bytesBefore, int itemsMax, long bytesMax) {
        long bytes = bytesBefore;
        for (Entry<T> entry = from.peek(); entry != null && next.size() < itemsMax; entry = from.peek()) {
            if (!next.isEmpty() && bytes + entry.bytes > bytesMax) {
                break;
            }
            bytes += entry.bytes;
            next.add(from.remove());
        }
        return bytes;
    }

    /** Returns when the earliest of the items that wait may be sent; {@link Long#MAX_VALUE} if none waits. */
    long nextDueNanos() {
        Group<T> first = later.peek();
        return first == null ? Long.MAX_VALUE : first.notBeforeNanos();
    }

    void forEach(Consumer<Entry<T>> action) {
        parts.forEach(part -> part.forEach(action));
        urgent.forEach(action);
        fresh.forEach(action);
        later.forEach(group -> group.entries().forEach(action));
    }
}
