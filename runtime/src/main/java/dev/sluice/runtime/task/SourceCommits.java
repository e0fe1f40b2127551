package dev.sluice.runtime.task;

import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What is on its way to a source's {@code commitRecord} and {@code commit}: first open, then stored, then told. Task thread. */
final class SourceCommits {
    private final boolean wantsRecords;
    private final NewestPositions open = new NewestPositions();
    private final NewestPositions stored = new NewestPositions();
    private final Deque<Done> toTell = new ArrayDeque<>();
    private List<Done> openBatches = new ArrayList<>();
    private boolean isOpen;

    /** Keeps batches for {@code commitRecord} only where the task wants that. */
    SourceCommits(boolean wantsRecords) {
        this.wantsRecords = wantsRecords;
    }

    /** A batch in the log, and where its records stand; asked once all of it is there. */
    private record Done(SourceBatch batch, Supplier<List<RecordCoordinates>> places) {}

    /** What ends together: positions for the log, and what happens when they are stored. */
    record Ended(List<SourcePosition> positions, Runnable onStored) {}

    /** What ends where nothing ends. */
    static final Ended NOTHING = new Ended(List.of(), () -> {});

    /** Returns whether anything was added since the last end. */
    boolean isOpen() {
        return isOpen;
    }

    /** Books the positions of a batch that goes into the log. */
    void add(List<SourcePosition> positions) {
        open.addAll(positions);
        isOpen = true;
    }

    /** Books the batch itself, once it is known where its records go. */
    void add(SourceBatch batch, Supplier<List<RecordCoordinates>> places) {
        if (wantsRecords) {
            openBatches.add(new Done(batch, places));
        }
    }

    /** Lets all open batches count as left out on purpose. */
    void discard() {
        openBatches.replaceAll(done -> {
            done.batch().dropAll();
            return new Done(done.batch(), List::of);
        });
    }

    /** Returns the positions of what is open, newest only, without ending it. */
    List<SourcePosition> openPositions() {
        List<SourcePosition> positions = open.take();
        open.addAll(positions);
        return positions;
    }

    /** Ends what is open; what comes next counts for the next end. */
    Ended end() {
        List<Done> batches = openBatches;
        List<SourcePosition> positions = open.take();
        openBatches = new ArrayList<>();
        isOpen = false;
        return new Ended(positions, () -> {
            stored.addAll(positions);
            toTell.addAll(batches);
        });
    }

    /** Returns the stored positions that the task was not told of yet. */
    List<SourcePosition> takeStored() {
        return stored.take();
    }

    /** Takes them back, where the task asked to be told again. */
    void putBack(List<SourcePosition> positions) {
        stored.addAll(positions);
    }

    /** Tells the task of each stored record; goes on with the rest where a call before failed. */
    void tellOfRecords(SourceTask task) {
        for (Done done = toTell.peek(); done != null; done = toTell.peek()) {
            done.batch().commitRecords(task, done.places().get());
            toTell.remove();
        }
    }
}
