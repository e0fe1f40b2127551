package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Struct;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourceRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one connection into records with positions. Task thread.
 *
 * <p>Events of a transaction are counted: its begin, each change, its commit. Descriptions of tables are not, because the server
 * sends them once per connection. Messages that were done before, by the position to continue at, are counted and not
 * turned into records.
 */
final class ChangeReader implements PgMessage.Receiver {
    private static final Instant NEVER = Instant.EPOCH;

    private final Function<PgMessage.Relation, Optional<CapturedTable>> tables;
    private final CdcConfig config;
    private final RecordShape shape;
    private final Rows rows;
    private final TransactionTopic transactions;
    private final BadRows bad;
    private final Map<String, @Nullable Object> partition;
    private final Map<Long, Optional<CapturedTable>> known = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<SourceRecord> records = new ArrayList<>();

    private CdcPosition reached;
    private PgMessage.@Nullable Begin transaction;
    private Lsn lsn = Lsn.ZERO;
    private Instant committedAt = NEVER;
    private long index;
    private long order;

    /**
     * Makes a reader for a new connection.
     *
     * @param tables describes a table, or is empty for one that is not captured
     * @param from where to continue; the server was asked for this place
     */
    ChangeReader(
            Function<PgMessage.Relation, Optional<CapturedTable>> tables,
            CdcConfig config,
            RecordShape shape,
            TransactionTopic transactions,
            BadRows bad,
            CdcPosition from) {
        this.tables = tables;
        this.config = config;
        this.shape = shape;
        this.rows = new Rows(config.unchanged(), config.format().placeholder());
        this.transactions = transactions;
        this.bad = bad;
        this.partition = CdcPosition.partition(config.slot());
        this.reached = from;
    }

    /**
     * Takes one message.
     *
     * @param at where it stands in the log
     */
    void accept(Lsn at, ByteBuffer message) {
        lsn = at;
        PgOutput.decode(message).tell(this);
    }

    /** Learns that the server has nothing for us before that place. Says whether that moved the position on. */
    boolean onNothingBefore(Lsn place) {
        boolean isNews = transaction == null && place.isAfter(reached.lsn());
        if (isNews) {
            reached = CdcPosition.at(place);
        }
        return isNews;
    }

    /** Returns the records that were made since the last call. */
    List<SourceRecord> take() {
        List<SourceRecord> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    /** Returns how many records wait to be taken. */
    int count() {
        return records.size();
    }

    /** Returns the place after the last event. */
    CdcPosition reached() {
        return reached;
    }

    /** Returns when the last transaction was committed of which anything came; 1970 before the first. */
    Instant committedAt() {
        return committedAt;
    }

    @Override
    public void onBegin(PgMessage.Begin begin) {
        transaction = begin;
        committedAt = begin.committedAt();
        index = 0;
        order = 0;
        counts.clear();
        boolean isTold = config.format().hasTransactions();
        emit(isTold ? List.of(transactions.begin(id(begin), begin.committedAt().toEpochMilli())) : List.of());
    }

    @Override
    public void onCommit(PgMessage.Commit commit) {
        PgMessage.Begin begin = current("a commit");
        boolean isDone = isDone();
        if (!isDone) {
            CdcPosition end = CdcPosition.at(commit.endLsn());
            if (config.format().hasTransactions()) {
                Draft told = transactions.end(id(begin), commit.committedAt().toEpochMilli(), counts);
                records.add(told.at(end.toSource(partition)));
            }
            reached = end;
        }
        transaction = null;
    }

    private static String id(PgMessage.Begin begin) {
        return begin.xid() + ":" + begin.commitLsn().value();
    }

    @Override
    public void onOrigin(PgMessage.Origin origin) {
        // Where a transaction came from first changes nothing for us.
    }

    @Override
    public void onType(PgMessage.Type type) {
        // The catalog tells more about types.
    }

    @Override
    public void onMessage(PgMessage.Message message) {
        // Not asked for, so that it never comes.
    }

    @Override
    public void onRelation(PgMessage.Relation relation) {
        known.put(relation.id(), tables.apply(relation));
    }

    @Override
    public void onInsert(PgMessage.Insert insert) {
        change(insert.relationId(), Op.CREATE, insert.row(), null, false);
    }

    @Override
    public void onUpdate(PgMessage.Update update) {
        change(update.relationId(), Op.UPDATE, update.row(), update.old(), update.isOldWhole());
    }

    @Override
    public void onDelete(PgMessage.Delete delete) {
        change(delete.relationId(), Op.DELETE, null, delete.old(), delete.isOldWhole());
    }

    @Override
    public void onTruncate(PgMessage.Truncate truncate) {
        List<Draft> drafts = new ArrayList<>();
        for (long relation : truncate.relationIds()) {
            table(relation, Op.TRUNCATE)
                    .ifPresent(table -> drafts.addAll(
                            shape.records(new Change(table, Op.TRUNCATE, null, null, List.of(), origin(table)))));
        }
        emit(drafts);
    }

    private void change(long relation, Op op, @Nullable Tuple row, @Nullable Tuple old, boolean isOldWhole) {
        if (isDone()) {
            // Counted and never decoded; its order counts too.
            table(relation, op).ifPresent(counted -> counts.put(counted.id().toString(), count(counted)));
            emit(List.of());
            return;
        }
        Optional<CapturedTable> table = table(relation, op);
        if (table.isEmpty()) {
            emit(List.of());
            return;
        }
        CapturedTable captured = fitting(relation, table.get(), row);
        Change.Origin origin = origin(captured);
        emit(readable(captured, row == null ? old : row, () -> {
            Struct before = old == null ? null : captured.old(old);
            Rows.Row made = row == null ? Rows.NONE : rows.row(captured, row, old, isOldWhole);
            return shape.records(new Change(captured, op, before, made.struct(), made.unavailable(), origin));
        }));
    }

    /** Returns the records, or none where the row cannot be read and was taken as a bad one. */
    private List<Draft> readable(CapturedTable table, @Nullable Tuple row, Supplier<List<Draft>> records) {
        try {
            return records.get();
        } catch (DataException unreadable) {
            CdcPosition behind = new CdcPosition(current("a row").commitLsn(), index + 1, 0, null);
            bad.take(table, row, behind.toSource(partition), unreadable);
            return List.of();
        }
    }

    /** The catalog says what holds now; a row of the past may have nulls where none may stand now. */
    private CapturedTable fitting(long relation, CapturedTable table, @Nullable Tuple row) {
        int wrong = row == null ? -1 : table.wrongNull(row);
        if (row == null || wrong < 0) {
            return table;
        }
        CapturedTable wider = table.withNullable(wrong);
        known.put(relation, Optional.of(wider));
        return fitting(relation, wider, row);
    }

    private Optional<CapturedTable> table(long relation, Op op) {
        Optional<CapturedTable> table = known.get(relation);
        if (table == null) {
            throw new ConnectorException("Cannot read the change stream of slot " + config.slot()
                    + ": a change of the table with the identifier " + relation
                    + " came before its description. Restart the connector.");
        }
        return config.skipped().contains(op.letter()) ? Optional.empty() : table;
    }

    /** Counts a change; returns its place among those of its table. */
    private long count(CapturedTable table) {
        order++;
        return counts.merge(table.id().toString(), 1L, Long::sum);
    }

    private Change.Origin origin(CapturedTable table) {
        PgMessage.Begin begin = current("a change");
        long ofTable = count(table);
        return new Change.Origin(
                begin.committedAt(),
                begin.xid(),
                begin.commitLsn(),
                lsn,
                SnapshotMark.FALSE,
                new Change.Order(order, ofTable));
    }

    /** Whether the next event was done before. */
    private boolean isDone() {
        int compared = current("an event").commitLsn().compareTo(reached.lsn());
        return compared < 0 || (compared == 0 && index < reached.index());
    }

    /** Ends one event: gives its records their positions, without those that were done before. */
    private void emit(List<Draft> drafts) {
        Lsn commit = current("an event").commitLsn();
        if (!isDone()) {
            int done = commit.equals(reached.lsn()) && index == reached.index() ? reached.part() : 0;
            for (int part = done; part < drafts.size(); part++) {
                boolean isLast = part == drafts.size() - 1;
                CdcPosition after = new CdcPosition(commit, isLast ? index + 1 : index, isLast ? 0 : part + 1, null);
                records.add(drafts.get(part).at(after.toSource(partition)));
            }
            reached = new CdcPosition(commit, index + 1, 0, null);
        }
        index++;
    }

    private PgMessage.Begin current(String what) {
        PgMessage.Begin begin = transaction;
        if (begin == null) {
            throw new ConnectorException("Cannot read the change stream of slot " + config.slot() + ": " + what
                    + " came outside of a transaction. Restart the connector.");
        }
        return begin;
    }
}
