package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Struct;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one row of one table.
 *
 * @param table the table as it was then
 * @param op what happened
 * @param before the row before, as far as it is known; null if nothing is
 * @param after the row after; null if it is gone
 * @param unavailable the names of columns of {@code after} whose values are not known
 * @param origin where it stands in the log
 */
record Change(
        CapturedTable table,
        Op op,
        @Nullable Struct before,
        @Nullable Struct after,
        List<String> unavailable,
        Origin origin) {
    /**
     * Where a change stands in the log.
     *
     * @param at when the transaction was committed, or the snapshot was taken
     * @param xid the transaction; 0 in a snapshot
     * @param commitLsn where its commit stands, or the place of the snapshot
     * @param lsn where the change itself stands
     * @param mark whether it is from a snapshot
     * @param order its place among the transaction's changes, from 1, and among those of its table
     */
    record Origin(Instant at, long xid, Lsn commitLsn, Lsn lsn, SnapshotMark mark, Order order) {
        /** Names the transaction as Debezium does. */
        String transaction() {
            return xid + ":" + commitLsn.value();
        }
    }

    /**
     * The place of a change in its transaction.
     *
     * @param total among all, from 1
     * @param ofTable among those of its table, from 1
     */
    record Order(long total, long ofTable) {
        static final Order NONE = new Order(0, 0);
    }
}
