package dev.sluice.runtime.task;

import dev.sluice.api.record.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Ends a transaction with the first batch after an interval, or when nothing comes any more. Task thread. */
final class IntervalBoundary implements Boundary {
    private final long intervalNanos;
    private final LongSupplier nanoClock;
    private long endedAt;

    /** Counts the first interval from now. */
    IntervalBoundary(Duration interval, LongSupplier nanoClock) {
        this.intervalNanos = interval.toNanos();
        this.nanoClock = nanoClock;
        this.endedAt = nanoClock.getAsLong();
    }

    @Override
    public List<Piece> divide(List<SourceRecord> polled) {
        return List.of(new Piece(polled, isDue() ? End.COMMIT : End.KEEP_OPEN));
    }

    @Override
    public boolean isDue() {
        return nanoClock.getAsLong() - endedAt >= intervalNanos;
    }

    @Override
    public void onEnded() {
        endedAt = nanoClock.getAsLong();
    }
}
