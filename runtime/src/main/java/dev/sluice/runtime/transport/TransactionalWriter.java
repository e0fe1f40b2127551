package dev.sluice.runtime.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Appends batches that readers see all together or never: those between one commit and the next. One thread at a time; after
 * a commit was begun, nothing is appended until it is done. Once a call failed, only {@link #close} is left.
 */
public interface TransactionalWriter extends AutoCloseable {
    /**
     * Appends batches to the transaction, which begins with the first. May block as {@link Transport#append} does.
     *
     * @param batches at least one
     * @return completes when all are in the log, unseen as yet, with the offset of the first record of each; fails with a
     *     {@link dev.sluice.api.error.ConnectorException} in words, also where a later writer has taken the id over
     * @throws InterruptedException if the thread is told to stop while it waits for room
     */
    CompletableFuture<List<Long>> append(List<PartitionBatch> batches) throws InterruptedException;

    /**
     * Makes all that was appended visible. Without a transaction there is nothing to do. Any thread.
     *
     * @param onCommitted runs once it is visible, and before a later writer of the same id is let in; must be quick
     * @return completes after that; fails as {@link #append} does, and readers never see anything of it then
     */
    CompletableFuture<Void> commit(Runnable onCommitted);

    /** Drops all that was appended since the last commit. Blocks until no reader will ever see it. */
    void discard() throws InterruptedException;

    /** Discards what is not committed, waiting a bounded time, and lets go of the id. */
    @Override
    void close();
}
