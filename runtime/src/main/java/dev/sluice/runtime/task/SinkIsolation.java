package dev.sluice.runtime.task;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.runtime.transport.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that spoil a batch: halves what {@code put} refuses until such a record stands alone, always the earlier
 * half first, so that each partition keeps its order. Costs about 2·log₂(n) puts for each such record. Used once. Task
 * thread.
 *
 * <p>A record refused with a {@code DataException} is at fault. One refused with another exception is a suspect until the
 * task takes records after it; where none follow, the last one that it took is put once more, which harms no order. If it
 * takes nothing at all, the destination is down and the task fails: nothing becomes a dead letter then.
 */
final class SinkIsolation {
    private final SinkPut put;
    private final SinkBatch batch;
    private final Failure first;
    private final List<SinkRecord> records;
    private final Deque<Part> todo = new ArrayDeque<>();
    private final Deque<Suspect> suspects = new ArrayDeque<>();
    private final List<Found> found = new ArrayList<>();
    private final long started;
    private int lastTaken = -1;
    private @Nullable SinkBatch cut;

    SinkIsolation(SinkPut put, SinkBatch batch, Failure first) {
        this.put = put;
        this.batch = batch;
        this.first = first;
        this.records = batch.records();
        this.started = put.nanoTime();
    }

    /** Records of the batch from one index up to another, which were put so often, and why the last try failed. */
    private record Part(
            int from, int to, int tries, @Nullable Failure failure) {
        boolean isAlone() {
            return to - from == 1;
        }
    }

    /** A record that was refused alone, for a reason that need not be the record. */
    private record Suspect(int index, Failure failure) {}

    /** A record that is at fault and becomes a dead letter. */
    private record Found(int index, SinkLetter letter) {}

    /** Returns what became of the batch. */
    SinkBatch run() throws InterruptedException {
        todo.push(new Part(0, records.size(), 1, first));
        while (cut == null && !todo.isEmpty()) {
            Part part = tried(todo.pop());
            Failure failure = part.failure();
            if (failure == null) {
                lastTaken = part.to() - 1;
                blameSuspects();
            } else if (!ErrorPolicy.isolates(failure, put.tolerance())) {
                cut(part.from(), new BatchEnd.Failed(failure, false));
            } else if (part.isAlone()) {
                onAlone(part.from(), failure);
            } else {
                int middle = (part.from() + part.to()) >>> 1;
                todo.push(new Part(middle, part.to(), part.tries(), null));
                todo.push(new Part(part.from(), middle, part.tries(), null));
            }
        }
        if (cut == null && !suspects.isEmpty()) {
            askOnceMore();
        }
        SinkBatch result = cut == null ? batch : cut;
        return result.with(found.stream().map(Found::letter).toList());
    }

    private Part tried(Part part) throws InterruptedException {
        if (part.failure() != null) {
            return part;
        }
        if (put.isStopping()) {
            cut(part.from(), new BatchEnd.Stopped());
        }
        int tries = part.tries() + 1;
        Failure failure = cut == null ? put.tryPut(List.copyOf(records.subList(part.from(), part.to()))) : null;
        return new Part(part.from(), part.to(), tries, failure == null ? null : failure.after(tries));
    }

    private void blameSuspects() {
        while (cut == null && !suspects.isEmpty()) {
            Suspect suspect = suspects.remove();
            blame(suspect.index(), suspect.failure(), ErrorFacts.Blame.ALONE_AMONG_GOOD);
        }
    }

    private void onAlone(int index, Failure failure) {
        if (failure.category() == ErrorCategory.RECORD) {
            blame(index, failure, ErrorFacts.Blame.ALONE);
            return;
        }
        suspects.add(new Suspect(index, failure));
        if (lastTaken < 0 && put.isOver(started)) {
            failAsAWhole();
        }
    }

    /** Nothing came after the suspects: the last record that was taken tells whether the destination takes anything. */
    private void askOnceMore() throws InterruptedException {
        if (lastTaken >= 0 && put.tryPut(List.of(records.get(lastTaken))) == null) {
            blameSuspects();
        } else {
            failAsAWhole();
        }
    }

    /** Names no record: not one of them is known to be at fault. */
    private void failAsAWhole() {
        Suspect earliest = suspects.element();
        cut(earliest.index(), new BatchEnd.Failed(earliest.failure(), false));
    }

    private void blame(int index, Failure failure, ErrorFacts.Blame blame) {
        SinkRecord record = records.get(index);
        Failure placed = failure.at(record.origin().toString());
        LogRecord original = batch.original(record.origin());
        ErrorDecision decision =
                put.errors().judge(placed, blame, () -> original == null ? "" : SinkReader.contents(original));
        switch (decision) {
            case SKIP -> {}
            case DEAD_LETTER -> found.add(new Found(index, letter(record, original, placed)));
            case FAIL -> cut(index, new BatchEnd.Failed(placed, true));
            case PAUSE -> cut(index, new BatchEnd.BudgetSpent());
        }
    }

    private static SinkLetter letter(SinkRecord record, @Nullable LogRecord original, Failure failure) {
        if (original == null) {
            throw new IllegalStateException("the record " + record.origin() + " was not kept for a dead letter");
        }
        return new SinkLetter(record.origin(), SinkReader.raw(original), failure);
    }

    /** Suspects before the record stay where they are, too. */
    private void cut(int index, BatchEnd end) {
        int from =
                suspects.isEmpty() ? index : Math.min(index, suspects.element().index());
        cut = batch.cutBefore(from, end);
        found.removeIf(faulty -> faulty.index() >= from);
    }
}
