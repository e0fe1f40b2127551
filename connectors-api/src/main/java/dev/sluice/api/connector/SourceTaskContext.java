package dev.sluice.api.connector;

import dev.sluice.api.record.SourcePosition;
import java.util.Optional;

/** What a running source task may ask of the runtime. */
public interface SourceTaskContext extends TaskContext {
    /** Returns the stored offsets of the connector. */
    OffsetReader offsets();

    /** Returns how to define transaction boundaries, or empty unless the connector was configured to define them. */
    Optional<TransactionBoundaries> transaction();

    /**
     * Moves an offset on without a record, after all records that were returned before: for stretches of the outside
     * world that hold nothing of interest, such as an empty file or the changes of a table that is not captured.
     */
    void advance(SourcePosition position);
}
