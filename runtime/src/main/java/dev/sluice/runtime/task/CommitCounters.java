package dev.sluice.runtime.task;

import dev.sluice.runtime.meter.Count;
import dev.sluice.runtime.meter.Span;
import dev.sluice.runtime.meter.Statistic;
import java.time.Clock;

/** The offset commits of a task. Written by its thread, read by any. */
public final class CommitCounters {
    private final Clock clock;
    private final Statistic completions;
    private final Statistic outcomes;
    private final Statistic skips;
    private final Count failures = new Count();
    private final Count sequenceNumber = new Count();

    CommitCounters(Clock clock, Span span) {
        this.clock = clock;
        long now = clock.millis();
        this.completions = new Statistic(span, now);
        this.outcomes = new Statistic(span, now);
        this.skips = new Statistic(span, now);
    }

    /** A commit begins. */
    void onBegin() {
        sequenceNumber.add(1);
    }

    /** Offsets are stored, so long after they were due. */
    void onDone(long nanos) {
        long now = clock.millis();
        completions.record(nanos, now);
        outcomes.record(1, now);
    }

    /** Offsets could not be stored now. */
    void onFailed() {
        failures.add(1);
        outcomes.record(0, clock.millis());
    }

    /** An answer came too late to count. */
    void onSkipped() {
        skips.record(1, clock.millis());
    }

    /** Returns the commits that went well; amounts are nanoseconds. */
    public Statistic completions() {
        return completions;
    }

    /** Returns all commits; the amount is 1 for one that went well and 0 for one that did not. */
    public Statistic outcomes() {
        return outcomes;
    }

    /** Returns the commits whose answer came too late to count. */
    public Statistic skips() {
        return skips;
    }

    /** Returns how many commits did not go well. */
    public long failures() {
        return failures.value();
    }

    /** Returns the number of the commit begun last. */
    public long sequenceNumber() {
        return sequenceNumber.value();
    }
}
