package dev.sluice.testkit.fake;

import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.record.SourceRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records where a source task wants its transactions to end. */
public final class FakeTransactionBoundaries implements TransactionBoundaries {
    /**
     * One boundary.
     *
     * @param aborted whether the records are discarded instead of committed
     * @param last the record after which it lies, or null for the end of the batch
     */
    public record Boundary(boolean aborted, @Nullable SourceRecord last) {}

    private final List<Boundary> boundaries = new CopyOnWriteArrayList<>();

    @Override
    public void commit() {
        boundaries.add(new Boundary(false, null));
    }

    @Override
    public void commitAfter(SourceRecord last) {
        boundaries.add(new Boundary(false, last));
    }

    @Override
    public void abort() {
        boundaries.add(new Boundary(true, null));
    }

    @Override
    public void abortAfter(SourceRecord last) {
        boundaries.add(new Boundary(true, last));
    }

    /** Returns the boundaries in the order in which they were asked for. */
    public List<Boundary> boundaries() {
        return List.copyOf(boundaries);
    }
}
