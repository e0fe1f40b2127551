package dev.sluice.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what came out with what went in, across restarts: nothing is lost, order is kept, and doubles appear only where
 * a restart goes over its last stretch again.
 *
 * <p>In the picture, a run wrote up to 6, and the next one began again at 4:
 *
 * <pre>
 *   1 2 3 4 5 6 | 4 5 6 7 8       allowed with doublesAtMost(3)
 *   1 2 3 4 5 6 | 8               7 is lost
 *   1 2 4 3 5 6                   order is broken
 * </pre>
 *
 * <p>Reading costs one hash look-up per record.
 *
 * @param <T> what identifies a record; with {@code equals} and {@code hashCode}
 */
public final class Ledger<T> {
    private final List<T> expected;
    private final Map<T, Integer> indexes = new HashMap<>();
    private final int doublesMax;

    private Ledger(List<T> expected, int doublesMax) {
        this.expected = List.copyOf(expected);
        this.doublesMax = doublesMax;
        for (T record : this.expected) {
            if (indexes.put(record, indexes.size()) != null) {
                throw new IllegalArgumentException("Cannot keep a ledger: " + record
                        + " is expected twice, so doubles could not be told. Make the expected records distinct.");
            }
        }
    }

    /** Starts a ledger that allows no doubles. */
    public static <T> Ledger<T> expecting(List<T> records) {
        return new Ledger<>(records, 0);
    }

    /** Returns a ledger that allows a restart to begin up to so many records back. */
    public Ledger<T> doublesAtMost(int count) {
        return new Ledger<>(expected, count);
    }

    /**
     * Checks what each run wrote.
     *
     * @param runs one list per run of the process, in order; a run may be empty
     * @throws AssertionError naming the first record that is lost, doubled or out of order, with its run
     */
    public void verifyRuns(List<List<T>> runs) {
        int high = 0;
        int runIndex = 0;
        for (List<T> run : runs) {
            int next = run.isEmpty() ? high : restart(high, run.get(0), "Run " + runIndex + " begins with");
            if (runIndex == 0 && next != 0) {
                throw wrong("Run 0 begins with", expected.get(next), high);
            }
            for (T record : run) {
                if (indexOf(record) != next) {
                    throw wrong("Run " + runIndex + " has", record, next);
                }
                next++;
                high = Math.max(high, next);
            }
            runIndex++;
        }
        requireComplete(high);
    }

    /**
     * Checks what all runs together wrote, where nobody noted which wrote what.
     *
     * @param observed everything in the order written
     * @param jumpsMax how often it may go back (or over a stretch that came already): as often as there were restarts
     * @throws AssertionError naming the first record that is lost, doubled or out of order
     */
    public void verify(List<T> observed, int jumpsMax) {
        int high = 0;
        int next = 0;
        int jumps = 0;
        for (T record : observed) {
            int index = indexOf(record);
            if (index != next) {
                next = restart(high, record, "Out came");
                jumps++;
            }
            if (jumps > jumpsMax) {
                throw new AssertionError("Out came " + record + " again or out of order: jump " + jumps
                        + ", allowed are " + jumpsMax + ".");
            }
            next++;
            high = Math.max(high, next);
        }
        requireComplete(high);
    }

    private int restart(int high, T record, String where) {
        int index = indexOf(record);
        if (index > high) {
            throw wrong(where, record, high);
        }
        if (index < high - doublesMax) {
            throw new AssertionError(where + " " + record + ", record " + index + ", which is " + (high - index)
                    + " records back; a restart may go back " + doublesMax + ".");
        }
        return index;
    }

    private void requireComplete(int high) {
        if (high < expected.size()) {
            throw new AssertionError("Lost are " + (expected.size() - high) + " of " + expected.size()
                    + " records, from " + expected.get(high) + " on.");
        }
    }

    private int indexOf(T record) {
        Integer index = indexes.get(record);
        if (index == null) {
            throw new AssertionError("Out came " + record + ", which never went in.");
        }
        return index;
    }

    private AssertionError wrong(String where, T record, int next) {
        String wanted = next < expected.size() ? expected.get(next).toString() : "nothing more";
        return new AssertionError(where + " " + record + ", expected was " + wanted + ": lost or out of order.");
    }
}
