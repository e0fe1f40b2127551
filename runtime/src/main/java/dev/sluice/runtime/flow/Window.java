package dev.sluice.runtime.flow;

/**
 * The last ten seconds of a task, one entry a second, to tell a jam from a hiccup. Monitor thread.
 *
 * <p>A sink is jammed where its lag grew (the least of the second half is more than that of the first, so that what comes in
 * gusts does not count) while its calls took more than half of the time. A source is jammed where its buffers were full in
 * more than half of the looks.
 */
final class Window {
    private static final int SIZE = 10;
    private static final long SPACING_MILLIS = 900;

    private final long[] atMillis = new long[SIZE];
    private final long[] lag = new long[SIZE];
    private final long[] busyNanos = new long[SIZE];
    private final boolean[] isFull = new boolean[SIZE];
    private int count;

    /**
     * Adds a look, unless there was one just now.
     *
     * @param lagRecords how many records waited
     * @param totalBusyNanos how long all calls that write took together, the present one included
     * @param areBuffersFull whether the task waited for room
     */
    void add(long nowMillis, long lagRecords, long totalBusyNanos, boolean areBuffersFull) {
        if (count > 0 && nowMillis - atMillis[(count - 1) % SIZE] < SPACING_MILLIS) {
            return;
        }
        int slot = count % SIZE;
        atMillis[slot] = nowMillis;
        lag[slot] = lagRecords;
        busyNanos[slot] = totalBusyNanos;
        isFull[slot] = areBuffersFull;
        count++;
    }

    /** Forgets everything, for a new run. */
    void clear() {
        count = 0;
    }

    /** Returns whether a sink is jammed. */
    boolean isGrowing() {
        if (count < SIZE) {
            return false;
        }
        boolean isBusy = 2 * (at(busyNanos, SIZE - 1) - at(busyNanos, 0))
                > 1_000_000 * (at(atMillis, SIZE - 1) - at(atMillis, 0));
        return isBusy && least(SIZE / 2, SIZE) > least(0, SIZE / 2);
    }

    /** Returns whether a source is jammed. */
    boolean isFullMostly() {
        int full = 0;
        for (int i = 0; i < Math.min(count, SIZE); i++) {
            full += isFull[i] ? 1 : 0;
        }
        return count >= SIZE && 2 * full > SIZE;
    }

    private long least(int from, int to) {
        long least = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            least = Math.min(least, at(lag, i));
        }
        return least;
    }

    /** Returns an entry of a full window, the oldest first. */
    private long at(long[] values, int index) {
        return values[(count + index) % SIZE];
    }
}
