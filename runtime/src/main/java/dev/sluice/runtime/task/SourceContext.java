package dev.sluice.runtime.task;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.record.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a source task may ask of the runtime. Task thread. */
final class SourceContext extends BasicTaskContext implements SourceTaskContext {
    private final StoredOffsets offsets;
    private final Boundary boundary;
    private final List<SourcePosition> advances = new ArrayList<>();

    SourceContext(
            TaskJob<?> job,
            TaskCounters counters,
            ErrantRecordReporter reporter,
            StoredOffsets offsets,
            Boundary boundary) {
        super(job, counters, reporter);
        this.offsets = offsets;
        this.boundary = boundary;
    }

    @Override
    public StoredOffsets offsets() {
        return offsets;
    }

    @Override
    public Optional<TransactionBoundaries> transaction() {
        return boundary.forTask();
    }

    @Override
    public void advance(SourcePosition position) {
        advances.add(position);
    }

    boolean hasAdvanced() {
        return !advances.isEmpty();
    }

    /** Returns the positions that the task went on to without a record, since the last call. */
    List<SourcePosition> takeAdvances() {
        List<SourcePosition> taken = List.copyOf(advances);
        advances.clear();
        return taken;
    }
}
