package dev.sluice.api.connector;

import dev.sluice.api.record.SourceRecord;

/**
 * Lets a source task group its records into transactions: either all of a group become visible, or none.
 *
 * <p>Call these from {@code poll}, for the batch that it is about to return.
 */
public interface TransactionBoundaries {
    /** Commits after the next batch. */
    void commit();

    /** Commits after this record of the next batch. */
    void commitAfter(SourceRecord last);

    /** Discards what the transaction holds and the next batch; their offsets still move on. */
    void abort();

    /** Discards what the transaction holds up to and including this record of the next batch; offsets still move on. */
    void abortAfter(SourceRecord last);
}
