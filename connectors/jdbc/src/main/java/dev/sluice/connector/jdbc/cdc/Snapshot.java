package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.cdc.CdcPosition.SnapshotPlace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the published tables, one after the other, in one transaction that sees one moment. Task thread.
 *
 * <p>The last row read is held back until the next one is there, so that the last row of a table and of all are marked. A table
 * with a primary key is read in its order, so that a later attempt goes on behind the last row that is stored; others are then
 * read anew. All that changes after the slot's place comes in the stream in any case, so that what two attempts saw differently
 * is set right there.
 */
final class Snapshot {
    private final Connection connection;
    private final List<Published> tables;
    private final Function<PgMessage.Relation, CapturedTable> describe;
    private final RecordShape shape;
    private final BadRows bad;
    private final Map<String, @Nullable Object> partition;
    private final CdcPosition stream;
    private final List<String> only;
    private final Instant takenAt;
    private final OptionalLong rowEstimate;
    private @Nullable SnapshotPlace place;
    private @Nullable TableCopy copy;
    private @Nullable Pending pending;
    private int next;
    private long rowCount;
    private boolean isDone;

    /** A row that is read but not handed out. */
    private record Pending(CapturedTable table, Tuple row, SnapshotPlace place, boolean isFirst) {}

    /**
     * Begins a snapshot.
     *
     * @param connection in a transaction that sees the moment; stays the caller's
     * @param describe says what a table looks like
     * @param from what an earlier attempt did, with the place where the stream begins
     */
    Snapshot(
            Connection connection,
            List<Published> tables,
            Function<PgMessage.Relation, CapturedTable> describe,
            RecordShape shape,
            BadRows bad,
            Start from) {
        this.connection = connection;
        SnapshotPlace begun = from.position().snapshot();
        List<String> wanted = begun == null ? List.of() : begun.only();
        this.tables = tables.stream()
                .filter(table -> wanted.isEmpty() || wanted.contains(table.quoted()))
                .toList();
        this.describe = describe;
        this.shape = shape;
        this.bad = bad;
        this.partition = CdcPosition.partition(from.slot());
        this.stream = from.position().with(null);
        this.place = from.position().snapshot();
        this.only = wanted;
        this.rowCount = place == null ? 0 : place.rowCount();
        this.takenAt = from.takenAt();
        this.rowEstimate = tables.stream().anyMatch(table -> table.rowEstimate() < 0)
                ? OptionalLong.empty()
                : OptionalLong.of(
                        tables.stream().mapToLong(Published::rowEstimate).sum());
    }

    /**
     * Where a snapshot begins.
     *
     * @param slot the slot
     * @param position the place of the stream, and what is done already
     * @param takenAt the moment that the transaction sees
     */
    record Start(String slot, CdcPosition position, Instant takenAt) {}

    /** Returns the next records, at most so many rows and bytes; may be empty before all was read. */
    List<SourceRecord> poll(int rowsMax, long bytesMax) throws SQLException {
        List<SourceRecord> records = new ArrayList<>();
        long bytes = 0;
        for (int rows = 0; rows < rowsMax && bytes < bytesMax; rows++) {
            TableCopy open = openCopy();
            if (open == null) {
                hand(records, SnapshotMark.LAST);
                isDone = true;
                return records;
            }
            byte[] line = open.next();
            if (line == null) {
                copy = null;
                continue;
            }
            bytes += line.length;
            hold(records, open, line);
        }
        return records;
    }

    private @Nullable TableCopy openCopy() throws SQLException {
        while (copy == null && next < tables.size()) {
            Published table = tables.get(next++);
            SnapshotPlace done = place;
            int order = done == null ? 1 : table.quoted().compareTo(done.table());
            if (order >= 0) {
                CapturedTable captured = describe.apply(table.relation());
                List<String> after = order == 0 && done != null ? done.key() : List.of();
                copy = TableCopy.open(connection, table, captured, after);
            }
        }
        return copy;
    }

    private void hold(List<SourceRecord> records, TableCopy open, byte[] line) {
        Pending held = pending;
        boolean isSameTable =
                held == null || held.table().id().equals(open.captured().id());
        hand(records, isSameTable ? SnapshotMark.TRUE : SnapshotMark.LAST_OF_TABLE);
        Tuple row = CopyRow.read(line, open.captured().columns().size());
        CapturedTable fitting = open.fitting(row);
        boolean isFirst = rowCount == 0;
        rowCount++;
        pending = new Pending(
                fitting, row, new SnapshotPlace(open.table().quoted(), open.key(row), rowCount, only), isFirst);
    }

    private void hand(List<SourceRecord> records, SnapshotMark mark) {
        Pending held = pending;
        if (held == null) {
            return;
        }
        pending = null;
        SnapshotMark own = held.isFirst() && mark == SnapshotMark.TRUE ? SnapshotMark.FIRST : mark;
        Change.Origin origin = new Change.Origin(takenAt, 0, stream.lsn(), stream.lsn(), own, Change.Order.NONE);
        SourcePosition after = stream.with(held.place()).toSource(partition);
        try {
            Struct row = held.table().row(held.row());
            Change change = new Change(held.table(), Op.READ, null, row, List.of(), origin);
            shape.records(change).forEach(draft -> records.add(draft.at(after)));
        } catch (DataException unreadable) {
            bad.take(held.table(), held.row(), after, unreadable);
        }
    }

    /** Returns whether all was read. */
    boolean isDone() {
        return isDone;
    }

    /** Returns how far it is. */
    Progress progress() {
        OptionalLong total =
                rowEstimate.isPresent() ? OptionalLong.of(Math.max(rowEstimate.getAsLong(), rowCount)) : rowEstimate;
        return new Progress("snapshot of " + tables.size() + " tables", rowCount, total, "rows");
    }

    /** Returns where the stream begins or goes on. */
    CdcPosition stream() {
        return stream;
    }

    /** Returns how many tables are read. */
    int tableCount() {
        return tables.size();
    }
}
