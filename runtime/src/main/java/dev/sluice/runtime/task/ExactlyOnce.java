package dev.sluice.runtime.task;

import dev.sluice.api.record.SourcePosition;
import dev.sluice.runtime.store.OffsetStore;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.TransactionalWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Records and their positions in one transaction: after a crash either both are there or neither is, so that each record
 * comes once. The positions are appended last, and the commit makes all of it visible.
 */
final class ExactlyOnce implements SourceDelivery {
    private final TransactionalWriter writer;
    private final OffsetStore offsets;
    private final String connector;
    /** Written by append, read by the store that follows it; the book of batches orders the two. */
    private volatile @Nullable Runnable onCommitted;

    /**
     * Writes positions of a connector through a writer of its own.
     *
     * @param writer closed with this
     * @param offsets the stored positions
     * @param connector whose positions they are
     */
    ExactlyOnce(TransactionalWriter writer, OffsetStore offsets, String connector) {
        this.writer = writer;
        this.offsets = offsets;
        this.connector = connector;
    }

    @Override
    public CompletableFuture<List<Long>> append(List<PartitionBatch> records, List<SourcePosition> positions)
            throws InterruptedException {
        List<PartitionBatch> all = new ArrayList<>(records);
        if (!positions.isEmpty()) {
            OffsetStore.Prepared prepared = offsets.prepare(connector, positions);
            onCommitted = prepared.onCommitted();
            all.add(prepared.batch());
        }
        return all.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : writer.append(all).thenApply(offsets -> offsets.subList(0, records.size()));
    }

    @Override
    public CompletableFuture<List<Long>> discard(List<SourcePosition> positions) throws InterruptedException {
        writer.discard();
        return append(List.of(), positions);
    }

    @Override
    public CompletableFuture<Void> store(List<SourcePosition> positions) {
        Runnable committed = onCommitted;
        onCommitted = null;
        return committed == null ? CompletableFuture.completedFuture(null) : writer.commit(committed);
    }

    @Override
    public void close() {
        writer.close();
    }
}
