package dev.sluice.runtime.task;

import dev.sluice.api.record.SourcePosition;
import dev.sluice.runtime.store.OffsetStore;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.Transport;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Records first, then their positions: a crash between the two lets the records come again.
 *
 * @param transport the log
 * @param offsets the stored positions
 * @param connector whose positions they are
 */
record AtLeastOnce(Transport transport, OffsetStore offsets, String connector) implements SourceDelivery {
    @Override
    public CompletableFuture<List<Long>> append(List<PartitionBatch> records, List<SourcePosition> positions) {
        return records.isEmpty() ? CompletableFuture.completedFuture(List.of()) : transport.append(records);
    }

    @Override
    public CompletableFuture<List<Long>> discard(List<SourcePosition> positions) {
        throw new IllegalStateException("without transactions nothing can be discarded");
    }

    @Override
    public CompletableFuture<Void> store(List<SourcePosition> positions) {
        return offsets.put(connector, positions);
    }

    @Override
    public void close() {}
}
