package dev.sluice.connector.jdbc.source;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Says which table is read next and when: the one whose turn came first. Belongs to the reading thread. */
final class Schedule {
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::dueNanos));
    private final long intervalNanos;

    Schedule(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    private record Turn(TableReader reader, long dueNanos) {}

    void addNow(TableReader reader, long nowNanos) {
        turns.add(new Turn(reader, nowNanos));
    }

    void addLater(TableReader reader, long nowNanos) {
        turns.add(new Turn(reader, nowNanos + intervalNanos));
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** Takes the next table out, after waiting for its turn. */
    TableReader take(long nowNanos) throws InterruptedException {
        Turn next = turns.remove();
        long waitNanos = next.dueNanos - nowNanos;
        if (waitNanos > 0) {
            Thread.sleep(waitNanos / 1_000_000, (int) (waitNanos % 1_000_000));
        }
        return next.reader;
    }
}
