package dev.sluice.runtime.task;

import dev.sluice.api.connector.Progress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a task has done so far; written by its thread, read by any. */
public final class TaskCounters {
    private final Clock clock;
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile long lastActivityMillis;
    private volatile @Nullable Progress progress;

    TaskCounters(Clock clock) {
        this.clock = clock;
    }

    void onDone(long recordCount, long byteCount) {
        records.add(recordCount);
        bytes.add(byteCount);
        lastActivityMillis = clock.millis();
    }

    void onDropped() {
        dropped.increment();
    }

    void onFailed() {
        failed.increment();
    }

    void onProgress(Progress newest) {
        progress = newest;
    }

    /** Returns the records that a source has in the log, or that a sink was given and kept. */
    public long records() {
        return records.sum();
    }

    /** Returns the bytes of these records' keys and values. */
    public long bytes() {
        return bytes.sum();
    }

    /** Returns the records that transformations dropped on purpose. */
    public long dropped() {
        return dropped.sum();
    }

    /** Returns the records that failed and were left out. */
    public long failed() {
        return failed.sum();
    }

    /** Returns when records last moved, in milliseconds since 1970-01-01T00:00Z; 0 for never. */
    public long lastActivityMillis() {
        return lastActivityMillis;
    }

    /** Returns how far the task says it is. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }
}
