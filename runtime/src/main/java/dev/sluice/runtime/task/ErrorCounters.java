package dev.sluice.runtime.task;

import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong in a task since it started, as Kafka Connect counts it. Any thread counts, for plugins report from any. */
public final class ErrorCounters {
    private final Clock clock;
    private final LongAdder failures = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder logged = new LongAdder();
    private final LongAdder deadLetterRequests = new LongAdder();
    private final LongAdder deadLetterFailures = new LongAdder();
    private volatile long lastErrorMillis;

    ErrorCounters(Clock clock) {
        this.clock = clock;
    }

    /** A try of an operation failed, whatever becomes of it. */
    void onFailure() {
        failures.increment();
        lastErrorMillis = clock.millis();
    }

    /** A record's failure was not tolerated. */
    void onError() {
        errors.increment();
    }

    /** A record failed for good and was left out. */
    void onSkipped() {
        skipped.increment();
    }

    /** An operation is tried again. */
    void onRetry() {
        retries.increment();
    }

    /** A failure was written to the log. */
    void onLogged() {
        logged.increment();
    }

    /** A dead letter is on its way. */
    void onDeadLetter() {
        deadLetterRequests.increment();
    }

    /** A dead letter could not be written. */
    void onDeadLetterFailed() {
        deadLetterFailures.increment();
    }

    /** Returns the tries that failed, those included that went well later. */
    public long failures() {
        return failures.sum();
    }

    /** Returns the failures of records that were not tolerated. */
    public long errors() {
        return errors.sum();
    }

    /** Returns the records that failed and were left out. */
    public long skipped() {
        return skipped.sum();
    }

    /** Returns how often something was tried again. */
    public long retries() {
        return retries.sum();
    }

    /** Returns the failures that were logged. */
    public long logged() {
        return logged.sum();
    }

    /** Returns the dead letters that were to be written. */
    public long deadLetterRequests() {
        return deadLetterRequests.sum();
    }

    /** Returns the dead letters that could not be written. */
    public long deadLetterFailures() {
        return deadLetterFailures.sum();
    }

    /** Returns when something last failed, in milliseconds since 1970-01-01T00:00Z; 0 for never. */
    public long lastErrorMillis() {
        return lastErrorMillis;
    }
}
