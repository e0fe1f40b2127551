package dev.sluice.testkit.fake;

import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.record.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source task's context with an offset store in memory. */
public final class FakeSourceTaskContext extends FakeTaskContext implements SourceTaskContext {
    private final FakeOffsets offsets;
    private final List<SourcePosition> advances = new CopyOnWriteArrayList<>();
    private volatile Optional<FakeTransactionBoundaries> transaction = Optional.empty();

    /** Creates the context of a first run, without stored offsets. */
    public FakeSourceTaskContext() {
        this(new FakeOffsets());
    }

    /** Creates the context of a first run that finds these offsets. */
    public FakeSourceTaskContext(FakeOffsets offsets) {
        this(offsets, 1);
    }

    private FakeSourceTaskContext(FakeOffsets offsets, long taskEpoch) {
        super(taskEpoch);
        this.offsets = offsets;
    }

    /** Returns the context of the task's next run: the same offsets, a greater epoch. */
    public FakeSourceTaskContext restarted() {
        return new FakeSourceTaskContext(offsets, taskEpoch() + 1);
    }

    /** Lets the task define transactions from now on; returns where its calls are recorded. */
    public FakeTransactionBoundaries allowTransactions() {
        FakeTransactionBoundaries recorded = new FakeTransactionBoundaries();
        transaction = Optional.of(recorded);
        return recorded;
    }

    @Override
    public FakeOffsets offsets() {
        return offsets;
    }

    @Override
    public Optional<TransactionBoundaries> transaction() {
        return transaction.map(recorded -> recorded);
    }

    /** Records the position and stores it at once. */
    @Override
    public void advance(SourcePosition position) {
        advances.add(position);
        offsets.store(position);
    }

    /** Returns the positions that the task advanced to without records, in order. */
    public List<SourcePosition> advances() {
        return List.copyOf(advances);
    }
}
