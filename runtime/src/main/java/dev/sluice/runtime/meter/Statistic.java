package dev.sluice.runtime.meter;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Amounts that come now and then, such as the records of a batch or the nanoseconds of a call: how many and how much in
 * all, and rate, average and maximum over a {@link Span}. One thread records, once per batch; any thread reads.
 *
 * <p>Windows are begun by the writer as time goes on and left out by the reader once they are too old, so nothing runs
 * while nobody writes or asks.
 */
public final class Statistic {
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int MAX = 2;
    private static final int MIN = 3;
    private static final int CELLS = 4;
    private static final long RATE_MILLIS_MIN = 1_000;

    private final Span span;
    private final long bornMillis;
    private final Count count = new Count();
    private final Count sum = new Count();
    private volatile @Nullable Window newest;

    /** Looks back on this span; {@code nowMillis} is the time of day. */
    public Statistic(Span span, long nowMillis) {
        this.span = span;
        this.bornMillis = nowMillis;
    }

    /** One window, and the one before it. */
    private static final class Window {
        private final long startMillis;
        private final AtomicLongArray cells = new AtomicLongArray(CELLS);
        private volatile @Nullable Window older;

        Window(long startMillis, @Nullable Window older) {
            this.startMillis = startMillis;
            this.older = older;
        }

        void record(long amount) {
            long before = cells.getPlain(COUNT);
            cells.setOpaque(MIN, before == 0 ? amount : Math.min(cells.getPlain(MIN), amount));
            cells.setOpaque(COUNT, before + 1);
            cells.setOpaque(SUM, cells.getPlain(SUM) + amount);
            cells.setOpaque(MAX, Math.max(cells.getPlain(MAX), amount));
        }
    }

    /**
     * What the span holds.
     *
     * @param count how often something was recorded
     * @param sum all of it together
     * @param min the least amount; 0 if there is none
     * @param max the greatest amount; 0 if there is none
     * @param millis the time that this took
     */
    public record Recent(long count, long sum, long min, long max, long millis) {
        /** Returns the average amount; 0 if there is none. */
        public double average() {
            return count == 0 ? 0 : (double) sum / count;
        }

        /** Returns the sum per second. */
        public double rate() {
            return sum * 1_000.0 / millis;
        }

        /** Returns the recordings per second. */
        public double countRate() {
            return count * 1_000.0 / millis;
        }
    }

    /** Records an amount of 0 or more; the one writer only. */
    public void record(long amount, long nowMillis) {
        count.add(1);
        sum.add(amount);
        Window window = newest;
        if (window == null || nowMillis - window.startMillis >= span.windowMillis()) {
            window = new Window(nowMillis, window);
            forgetBehind(window);
            newest = window;
        }
        window.record(amount);
    }

    private void forgetBehind(Window first) {
        Window last = first;
        for (int kept = 1; kept < span.windowCount() && last.older != null; kept++) {
            last = last.older;
        }
        last.older = null;
    }

    /** Returns how often something was recorded. */
    public long count() {
        return count.value();
    }

    /** Returns all that was recorded together. */
    public long sum() {
        return sum.value();
    }

    /** Returns what was recorded within the span. */
    public Recent recent(long nowMillis) {
        long counted = 0;
        long total = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        long oldestMillis = nowMillis;
        for (Window window = newest;
                window != null && nowMillis - window.startMillis < span.millis();
                window = window.older) {
            counted += window.cells.getOpaque(COUNT);
            total += window.cells.getOpaque(SUM);
            min = Math.min(min, window.cells.getOpaque(MIN));
            max = Math.max(max, window.cells.getOpaque(MAX));
            oldestMillis = window.startMillis;
        }
        return new Recent(counted, total, counted == 0 ? 0 : min, max, lookedAt(nowMillis, oldestMillis));
    }

    /** What came after a silence did not come within an instant: a rate looks back on all but the last window at least. */
    private long lookedAt(long nowMillis, long oldestMillis) {
        long least = Math.min(nowMillis - bornMillis, span.windowMillis() * Math.max(span.windowCount() - 1, 1));
        return Math.max(RATE_MILLIS_MIN, Math.max(nowMillis - oldestMillis, least));
    }
}
