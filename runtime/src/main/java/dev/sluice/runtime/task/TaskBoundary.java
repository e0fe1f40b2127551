package dev.sluice.runtime.task;

import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourceRecord;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Ends transactions where the task says so, from within {@code poll}. Task thread. */
final class TaskBoundary implements Boundary, TransactionBoundaries {
    private final IdentityHashMap<SourceRecord, End> afterRecord = new IdentityHashMap<>();
    private End afterBatch = End.KEEP_OPEN;

    @Override
    public void commit() {
        afterBatch = only(afterBatch, End.COMMIT, "the batch");
    }

    @Override
    public void commitAfter(SourceRecord last) {
        afterRecord.merge(last, End.COMMIT, (old, wanted) -> only(old, wanted, "a record"));
    }

    @Override
    public void abort() {
        afterBatch = only(afterBatch, End.DISCARD, "the batch");
    }

    @Override
    public void abortAfter(SourceRecord last) {
        afterRecord.merge(last, End.DISCARD, (old, wanted) -> only(old, wanted, "a record"));
    }

    private static End only(End old, End wanted, String place) {
        if (old != End.KEEP_OPEN && old != wanted) {
            throw new ConnectorException("Cannot both commit and abort the transaction after " + place
                    + ": only one can happen. Correct the plugin.");
        }
        return wanted;
    }

    @Override
    public List<Piece> divide(List<SourceRecord> polled) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < polled.size() && !afterRecord.isEmpty(); i++) {
            End end = afterRecord.remove(polled.get(i));
            if (end != null) {
                pieces.add(new Piece(polled.subList(from, i + 1), end));
                from = i + 1;
            }
        }
        if (!afterRecord.isEmpty()) {
            throw new ConnectorException("Cannot end a transaction after a record that poll did not return: "
                    + afterRecord.size() + " of these. Name records of the batch that the call returns.");
        }
        boolean endsWithBatch = !pieces.isEmpty() && from == polled.size() && afterBatch == End.KEEP_OPEN;
        if (!endsWithBatch) {
            pieces.add(new Piece(polled.subList(from, polled.size()), afterBatch));
        }
        afterBatch = End.KEEP_OPEN;
        return pieces;
    }

    @Override
    public boolean commitsAtStop() {
        return false;
    }

    @Override
    public Optional<TransactionBoundaries> forTask() {
        return Optional.of(this);
    }
}
