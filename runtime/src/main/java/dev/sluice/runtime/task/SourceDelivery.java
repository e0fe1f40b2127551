package dev.sluice.runtime.task;

import dev.sluice.api.record.SourcePosition;
import dev.sluice.runtime.transport.PartitionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Brings a source's records and positions into the log: {@link AtLeastOnce} one after the other, {@link ExactlyOnce} as one.
 * The calls come in the order append, store, append, …, the next only when the future of the one before is done.
 */
interface SourceDelivery extends AutoCloseable {
    /**
     * Appends records. Task thread; may block while the log is busy.
     *
     * @param records one batch per partition; may be none
     * @param positions what {@link #store} will be given; empty while the transaction goes on
     * @return completes when the records are in the log, with the offset of the first of each batch
     */
    CompletableFuture<List<Long>> append(List<PartitionBatch> records, List<SourcePosition> positions)
            throws InterruptedException;

    /**
     * Drops what was appended since positions were last stored, and appends these. Task thread.
     *
     * @return completes when no reader will ever see the records
     */
    CompletableFuture<List<Long>> discard(List<SourcePosition> positions) throws InterruptedException;

    /** Stores the positions given to the last append, upon which its records count as delivered. Any thread. */
    CompletableFuture<Void> store(List<SourcePosition> positions);

    /** Gives up what is not stored. Task thread. */
    @Override
    void close();
}
