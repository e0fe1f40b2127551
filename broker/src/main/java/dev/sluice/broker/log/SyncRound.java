package dev.sluice.broker.log;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Appends that are answered together, after one sync of each partition that they wrote to:
 *
 * <pre>
 * append, append, … until nothing waits or {@link #STEPS_MAX} → sync each partition once → answer all
 * </pre>
 *
 * <p>What comes while the disk is busy is the next round, so the more appends there are at once, the fewer syncs each costs.
 * Belongs to one log thread.
 */
final class SyncRound {
    /** Invariant 6: a stream of appends that never ends is answered all the same. */
    private static final int STEPS_MAX = 256;

    private final Set<UnifiedPartitionLog> written = new LinkedHashSet<>();
    private final List<Answer<?>> answers = new ArrayList<>();
    private boolean isAsked;

    /** The step that runs now wrote to this partition and shall be answered after the sync. */
    void add(UnifiedPartitionLog partition) {
        written.add(partition);
        isAsked = true;
    }

    /** Keeps the answer to the step that ran if it waits for a sync; otherwise it may leave now. */
    boolean keep(Answer<?> answer) {
        boolean isKept = isAsked;
        isAsked = false;
        if (isKept) {
            answers.add(answer);
        }
        return isKept;
    }

    /** A failure is told at once; what the step wrote before is synced all the same. */
    void stepFailed() {
        isAsked = false;
    }

    boolean isFull() {
        return answers.size() >= STEPS_MAX;
    }

    /** Syncs and answers. */
    void end() {
        if (written.isEmpty()) {
            return;
        }
        List<UnifiedPartitionLog> partitions = List.copyOf(written);
        List<Answer<?>> all = List.copyOf(answers);
        written.clear();
        answers.clear();
        try {
            partitions.forEach(UnifiedPartitionLog::syncNow);
        } catch (RuntimeException e) {
            all.forEach(answer -> answer.to.completeExceptionally(e));
            return;
        }
        all.forEach(Answer::give);
    }

    /** An answer that is known and may not leave yet. */
    record Answer<T>(CompletableFuture<T> to, T value) {
        void give() {
            to.complete(value);
        }
    }
}
