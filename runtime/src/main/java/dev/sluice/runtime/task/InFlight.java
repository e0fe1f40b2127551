package dev.sluice.runtime.task;

import dev.sluice.api.record.SourcePosition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a source that are on their way into the log, in order, bounded by records and bytes.
 *
 * <p>Each batch waits for the one before it: its positions are stored when its own records and those of all earlier
 * batches are in the log (invariant 1). After a failure nothing is stored any more. {@link #add} and {@link #tail} belong
 * to the task thread; the rest happens where the log completes, one batch after the other.
 */
final class InFlight {
    private final long recordsMax;
    private final long bytesMax;
    private final Function<List<SourcePosition>, CompletableFuture<Void>> store;
    private final Runnable onSettled;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

    /**
     * Makes the book of one run of a task.
     *
     * @param store stores positions; called in order, the next time only after the last future is done
     * @param onSettled runs after each batch, stored or failed; must be quick
     */
    InFlight(
            long recordsMax,
            long bytesMax,
            Function<List<SourcePosition>, CompletableFuture<Void>> store,
            Runnable onSettled) {
        this.recordsMax = recordsMax;
        this.bytesMax = bytesMax;
        this.store = store;
        this.onSettled = onSettled;
    }

    /**
     * Books a batch.
     *
     * @param recordCount its records
     * @param byteCount their bytes
     * @param positions the newest position per source partition; all records of the batch count, dropped ones too
     * @param appended completes when its records are in the log
     * @param whenStored runs once positions are stored, before the next batch's; must be quick
     */
    void add(
            long recordCount,
            long byteCount,
            List<SourcePosition> positions,
            CompletableFuture<List<Long>> appended,
            Runnable whenStored) {
        records.addAndGet(recordCount);
        bytes.addAndGet(byteCount);
        // Invariant 1: this batch's positions wait for all earlier records, not only its own.
        tail = tail.thenCombine(appended, (before, offsets) -> positions)
                .thenCompose(store)
                .thenRun(whenStored)
                .whenComplete((done, problem) -> {
                    records.addAndGet(-recordCount);
                    bytes.addAndGet(-byteCount);
                    if (problem != null && failure == null) {
                        failure = problem instanceof CompletionException && problem.getCause() != null
                                ? problem.getCause()
                                : problem;
                    }
                    onSettled.run();
                });
    }

    /** Returns whether no more may be read now. A single batch beyond the bounds is let through when alone. */
    boolean isFull() {
        return records.get() >= recordsMax || bytes.get() >= bytesMax;
    }

    /** Returns the records on their way. */
    long records() {
        return records.get();
    }

    /** Returns the bytes on their way. */
    long bytes() {
        return bytes.get();
    }

    /** Returns whether every batch booked so far is stored, or has failed. */
    boolean isEmpty() {
        return records.get() == 0;
    }

    /** Returns why a batch could not be appended or its positions not be stored, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns what completes with the last batch booked so far. */
    CompletableFuture<Void> tail() {
        return tail;
    }
}
