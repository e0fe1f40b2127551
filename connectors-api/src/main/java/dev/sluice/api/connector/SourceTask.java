package dev.sluice.api.connector;

import dev.sluice.api.config.Config;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from outside.
 *
 * <p>The runtime stores the position of a record only when it and all records before it of the same source partition are
 * in the log, dropped on purpose, or dead letters. After a crash a task therefore continues at or before the place where
 * it was, never after.
 */
public non-sealed interface SourceTask extends Task {
    /**
     * Starts the task; the first call. Stored offsets are in {@link SourceTaskContext#offsets()}.
     *
     * @param config the task's settings, checked against the connector's task spec
     */
    void start(SourceTaskContext context, Config config);

    /**
     * Returns the next records, in the order in which they shall reach the log.
     *
     * <p>An empty list means nothing now. It may wait a while for something to come, a second at most unless it reacts to
     * interruption at once; the runtime calls again without a pause of its own when records came, and after a short one
     * when none did. Bounded by records and bytes, so that a batch fits in memory.
     *
     * <p>What one call returned and {@linkplain SourceTaskContext#advance advanced to} is stored before, or together with, what
     * a later call returned reaches the log, also across source partitions. So a task may note what it is about to deliver.
     *
     * @return the records; the task does not change the list afterwards
     * @throws InterruptedException if the thread was interrupted, which asks for a prompt return
     * @throws dev.sluice.api.error.RetriableException to be called again, with back-off
     */
    List<SourceRecord> poll() throws InterruptedException;

    /**
     * Learns that these positions are stored durably: one per source partition, the newest each. Only now may the outside
     * be told that everything up to there is safe (a replication slot advanced, a message acknowledged, a file removed).
     */
    default void commit(List<SourcePosition> stored) {}

    /** Returns whether {@link #commitRecord} shall be called; asked once, after the start. */
    default boolean wantsRecordCommits() {
        return false;
    }

    /**
     * Learns that one record is done. Called in order, before the {@link #commit} that covers it.
     *
     * @param record the record as it was returned by {@link #poll}
     * @param coordinates where it stands in the log, or null if it was dropped or became a dead letter
     */
    default void commitRecord(SourceRecord record, @Nullable RecordCoordinates coordinates) {}
}
