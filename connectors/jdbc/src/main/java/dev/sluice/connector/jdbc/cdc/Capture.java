package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.cdc.CdcConfig.Shape;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run on one pair of connections: opens, reads the snapshot if there is one to read, then the stream. Task thread.
 *
 * <pre>
 *   open → [ snapshot ] → stream → closed
 *                     ↘ done (snapshot.mode=initial_only)
 * </pre>
 */
final class Capture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final long BATCH_BYTES_MAX = 4L << 20;

    private final CdcConfig config;
    private final CdcScope scope;
    private final SourceTaskContext context;
    private final Clock clock;
    private final Connection plain;
    private final RecordShape shape;
    private final Resume plan;
    private final LateTables late;
    private final Deque<Inbox.Message> ahead = new ArrayDeque<>();

    private CdcPosition reached;
    private CdcPosition announced;
    private Instant announcedAt;
    private Instant lookedAt = Instant.EPOCH;
    private @Nullable Snapshot snapshot;
    private @Nullable ChangeFeed feed;
    private @Nullable ChangeReader reader;
    private @Nullable SlotLag lag;
    private Lsn nothingBefore = Lsn.ZERO;

    private Capture(CdcConfig config, CdcScope scope, SourceTaskContext context, Clock clock, Opening opened) {
        this.config = config;
        this.scope = scope;
        this.context = context;
        this.clock = clock;
        this.plain = opened.plain();
        this.plan = opened.plan();
        this.late = new LateTables(
                new Publication(config.publication(), scope.tables()),
                config.pace().heartbeat());
        this.shape = config.format().shape() == Shape.FLAT
                ? new FlatShape(config.format().hasTransactions())
                : new EnvelopeShape(config.format(), context.connectorName(), opened.database(), clock);
        this.reached = opened.begin();
        this.announced = opened.begin();
        this.announcedAt = clock.instant();
    }

    /**
     * Opens the connections and sees to slot and publication.
     *
     * @param from behind which place to go on; null for the very first run
     * @throws ConnectorException if going on would lose changes in silence, or rights or settings are missing
     */
    static Capture open(
            CdcConfig config, CdcScope scope, SourceTaskContext context, Clock clock, @Nullable CdcPosition from)
            throws SQLException {
        Opening opened = Opening.open(config, scope, from);
        try {
            Capture capture = new Capture(config, scope, context, clock, opened);
            capture.begin(from == null);
            return capture;
        } catch (SQLException | RuntimeException failed) {
            opened.plain().close();
            throw failed;
        }
    }

    private void begin(boolean isFirst) throws SQLException {
        if (plan.readsTables()) {
            readTables();
            return;
        }
        if (plan.streams()) {
            stream();
        }
        if (isFirst) {
            announce();
        }
    }

    /** In the transaction that was begun, which sees one moment. */
    private void readTables() throws SQLException {
        List<Published> tables = Published.of(plain, config.publication().name(), scope.tables());
        Snapshot begun = new Snapshot(
                plain,
                tables,
                this::captured,
                shape,
                BadRows.reportedTo(context),
                new Snapshot.Start(config.slot(), reached, databaseTime()));
        snapshot = begun;
        LOG.atInfo()
                .addKeyValue("slot", config.slot())
                .addKeyValue("lsn", reached.lsn().toString())
                .log("reads a snapshot of {} tables", begun.tableCount());
    }

    private Instant databaseTime() throws SQLException {
        try (Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery("SELECT now()")) {
            return row.next() ? row.getTimestamp(1).toInstant() : clock.instant();
        }
    }

    /** Returns the next records; empty if nothing came for a while. */
    List<SourceRecord> poll() throws SQLException, InterruptedException {
        Snapshot reading = snapshot;
        if (reading != null) {
            return pollSnapshot(reading);
        }
        ChangeFeed streaming = feed;
        ChangeReader read = reader;
        if (streaming == null || read == null) {
            Thread.sleep(WAIT.toMillis()); // The snapshot was all: nothing will come any more.
            return List.of();
        }
        return isLateTableDue() ? List.of() : pollStream(streaming, read);
    }

    /**
     * Looks for tables that came later. What is in them must be read, and a crash must not make that forgotten: so first the
     * place before them is stored, then they are published, then read; what changes from then on comes behind that.
     */
    private boolean isLateTableDue() throws SQLException {
        if (!late.isWaiting()) {
            List<TableId> found = late.look(plain, clock.instant());
            if (found.isEmpty()) {
                return false;
            }
            if (!config.snapshotMode().readsTables()) {
                late.publish(plain, found);
                return false;
            }
            reached = late.mark(found, reached);
            announce();
        } else if (late.isMarkStored()) {
            late.publishMarked(plain);
            Opening.beginSnapshot(plain, null);
            readTables();
        }
        return true;
    }

    private List<SourceRecord> pollSnapshot(Snapshot reading) throws SQLException {
        List<SourceRecord> records = reading.poll(config.pace().batchCountMax(), BATCH_BYTES_MAX);
        context.progress(reading.progress());
        if (!records.isEmpty()) {
            reached = CdcPosition.of(records.get(records.size() - 1).position().offset());
            return records;
        }
        if (!reading.isDone()) {
            return records;
        }
        plain.commit();
        plain.setAutoCommit(true);
        snapshot = null;
        reached = reading.stream();
        LOG.atInfo()
                .addKeyValue("slot", config.slot())
                .addKeyValue("lsn", reached.lsn().toString())
                .log("the snapshot is read; {}", plan.streams() ? "the stream follows" : "that was all");
        announce();
        if (plan.streams() && feed == null) {
            stream();
        }
        return List.of();
    }

    private void stream() throws SQLException {
        lag = new SlotLag(config.slot(), reached.lsn(), context.metrics(), clock);
        reader = new ChangeReader(
                this::find,
                config,
                shape,
                new TransactionTopic(scope.topicPrefix() + config.format().transactionTopic()),
                BadRows.reportedTo(context),
                reached);
        String name = "cdc-" + context.connectorName() + "-" + context.taskIndex();
        feed = ChangeFeed.start(Sessions.replication(scope.connection()), config, reached.lsn(), name);
    }

    private List<SourceRecord> pollStream(ChangeFeed streaming, ChangeReader read)
            throws SQLException, InterruptedException {
        if (ahead.isEmpty()) {
            Inbox.Batch batch = streaming.take(WAIT);
            ahead.addAll(batch.messages());
            nothingBefore = batch.nothingBefore();
        }
        long bytes = 0;
        while (!ahead.isEmpty() && read.count() < config.pace().batchCountMax() && bytes < BATCH_BYTES_MAX) {
            Inbox.Message message = ahead.remove();
            bytes += message.bytes().remaining();
            read.accept(message.lsn(), message.bytes());
        }
        List<SourceRecord> records = read.take();
        boolean isAtEnd = ahead.isEmpty() && bytes == 0;
        if (isAtEnd && read.onNothingBefore(nothingBefore)) {
            LOG.atTrace().log("nothing of interest before {}", nothingBefore);
        }
        reached = read.reached();
        look(isAtEnd ? Instant.MAX : read.committedAt());
        if (records.isEmpty()) {
            announceIfDue();
        }
        return records;
    }

    /**
     * Moves the stored position on where no record does: at once behind a transaction, and now and then over what is of no
     * interest. Only from a poll that returns nothing, because it must lie behind all records.
     */
    private void announceIfDue() {
        boolean isDue = Duration.between(announcedAt, clock.instant())
                        .compareTo(config.pace().heartbeat())
                >= 0;
        if (isDue && !reached.equals(announced)) {
            announce();
        }
    }

    private void announce() {
        context.advance(reached.toSource(CdcPosition.partition(config.slot())));
        announced = reached;
        announcedAt = clock.instant();
    }

    private void look(Instant committedAt) throws SQLException {
        SlotLag watched = lag;
        if (watched == null) {
            return;
        }
        watched.onRead(committedAt);
        Instant now = clock.instant();
        if (Duration.between(lookedAt, now).compareTo(config.pace().status()) >= 0) {
            lookedAt = now;
            watched.look(plain);
            context.progress(watched.progress(reached.lsn()));
        }
    }

    private Optional<CapturedTable> find(PgMessage.Relation relation) {
        boolean isCaptured = scope.tables().test(TableId.of(relation.schema(), relation.name()));
        return isCaptured ? Optional.of(captured(relation)) : Optional.empty();
    }

    private CapturedTable captured(PgMessage.Relation relation) {
        try {
            TableFacts facts = Catalog.describe(plain, relation);
            TableId id = TableId.of(relation.schema(), relation.name());
            String topic = scope.topics().apply(id);
            CapturedTable.Name name = config.format().shape() == Shape.FLAT
                    ? CapturedTable.Name.flat(id, topic)
                    : CapturedTable.Name.envelope(id, topic);
            return CapturedTable.of(relation, facts, name, scope.types());
        } catch (SQLException failed) {
            throw new CatalogFailedException(failed);
        }
    }

    /** Learns that a place is stored: the server may forget what stands before it. Invariant 1. */
    void onStored(CdcPosition stored) {
        late.onStored(stored);
        ChangeFeed streaming = feed;
        if (streaming != null) {
            streaming.flush(stored.lsn());
        }
    }

    /** Returns the place behind the last record that was handed out. */
    CdcPosition reached() {
        return reached;
    }

    @Override
    public void close() {
        ChangeFeed streaming = feed;
        if (streaming != null) {
            streaming.close();
        }
        try {
            // Ends a COPY that is still going on, too.
            plain.abort(Runnable::run);
        } catch (SQLException gone) {
            LOG.atDebug().log("the connection is gone already: {}", gone.getMessage());
        }
    }

    /** Drops the slot, on a connection of its own. */
    static void dropSlot(CdcConfig config, CdcScope scope) throws SQLException {
        try (Connection connection = Sessions.plain(scope.connection())) {
            Slot.drop(connection, config.slot());
        }
    }
}
