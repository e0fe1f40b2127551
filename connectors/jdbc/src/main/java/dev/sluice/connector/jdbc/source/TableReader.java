package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.connector.Progress;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.connector.jdbc.connection.FailureKind;
import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.dialect.ReadSql;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.PostgresDecoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one table or query, round after round. Knows what it handed over last; what the table looks like is asked in each
 * round. Belongs to the reading thread.
 */
final class TableReader {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);
    private static final Order NO_ORDER = new Order(null, false, -1, List.of(), List.of(), Names.STANDARD);
    private static final Position NOWHERE = new Position(null, null, List.of());

    private final Target target;
    private final SourceConfig config;
    private final Emitter.Source source;
    private @Nullable Map<String, @Nullable Object> offset;
    private final Consumer<Progress> reports;
    private final OffsetReader offsets;
    private final @Nullable LoadPart part;
    private @Nullable LoadPlan awaited;
    private boolean isLoaded;
    private long goneNanos;
    private final @Nullable Reconciliation deletions;
    private @Nullable Finder finder;
    private @Nullable Description description;

    private TableReader(
            Target target,
            SourceConfig config,
            SourceTaskContext context,
            @Nullable LoadPart part,
            @Nullable LoadPlan awaited) {
        this.target = target;
        this.config = config;
        this.reports = context::progress;
        this.offsets = context.offsets();
        this.part = part;
        this.awaited = awaited;
        String writer = part == null
                ? ""
                : (part.index() + 1) + "/" + part.plan().ends().size() + ":";
        this.deletions = config.pace().reconcileInterval() == null
                ? null
                : new Reconciliation(target, config, offsets, writer, System::nanoTime);
        this.source = new Emitter.Source(
                target.shown(),
                target.topic(config.shape().topics()),
                part == null ? target.partition() : part.plan().partition(target, part.index()),
                config.shape().deletes());
    }

    /**
     * Makes the reader of a table that continues behind what was stored.
     *
     * @param context tells offsets, and takes reports of progress from any thread
     * @param awaited the plan of the load that has to be complete before the table is read on, or null for none
     */
    static TableReader of(Target target, SourceConfig config, SourceTaskContext context, @Nullable LoadPlan awaited) {
        TableReader reader = new TableReader(target, config, context, null, awaited);
        reader.offset = config.reading().mode() == Mode.BULK ? null : target.offset(context.offsets());
        return reader;
    }

    /** Makes the reader of one part of a table, which ends with it. */
    static TableReader ofPart(Target target, SourceConfig config, SourceTaskContext context, LoadPart part) {
        TableReader reader = new TableReader(target, config, context, part, null);
        reader.offset = context.offsets().offset(reader.source.partition());
        return reader;
    }

    /** Returns whether there will never be more to read. */
    boolean isFinished() {
        return part != null && isLoaded;
    }

    /** Whether the load has ended that goes before; then the offset is where the stream begins. */
    private boolean isLoadAwaited() {
        LoadPlan plan = awaited;
        if (plan == null) {
            return false;
        }
        if (!plan.open(target, offsets).isEmpty()) {
            return true;
        }
        offset = plan.streamOffset();
        isLoaded = true;
        awaited = null;
        return false;
    }

    /**
     * Reads one round.
     *
     * @param connection with auto-commit on; after a failure in an unknown state
     * @return whether another round should follow at once
     */
    boolean read(Connection connection, Output output) throws SQLException, InterruptedException {
        if (isLoadAwaited()) {
            return false;
        }
        Finder finds = finder;
        if (finds == null) {
            finds = finder(connection);
            finder = finds;
        }
        finds.look(connection);
        begin(connection, finds.needsSnapshot());
        // In one transaction, so that the table cannot change between its description and its rows.
        Description now = Description.of(connection, target, config, description);
        description = now;
        goneNanos = 0;
        Exactness.check(config, target, now.order(), finds.needsSnapshot());
        remember(now, output);
        Round round = finds.begin(connection, now.order() == null ? NO_ORDER : now.order(), offset);
        try {
            emit(connection, now, round, output);
        } finally {
            output.flush();
        }
        connection.commit();
        round.complete();
        if (part != null) {
            output.reach(new SourcePosition(source.partition(), LoadPlan.done(offset)));
        } else if (!round.isFollowed()) {
            reconcile(connection, now, output);
        }
        return round.isFollowed();
    }

    private void remember(Description now, Output output) {
        if (deletions == null) {
            output.ahead(Output.Ahead.NOTHING);
            return;
        }
        deletions.follow(now.layout());
        output.ahead(deletions);
    }

    private void reconcile(Connection connection, Description now, Output output)
            throws SQLException, InterruptedException {
        if (deletions != null && deletions.isDue()) {
            boolean isSnapshot = config.dialect().reads().hasSnapshots();
            deletions.run(connection, now.layout(), () -> begin(connection, isSnapshot), output);
        }
    }

    private void begin(Connection connection, boolean needsSnapshot) throws SQLException {
        if (needsSnapshot) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
        } else {
            config.reading().safety().isolation().applyTo(connection);
        }
        connection.setAutoCommit(false);
        if (config.dialect().reads().hasSnapshots()) {
            try (Statement statement = connection.createStatement()) {
                int changed = statement.executeUpdate(PostgresDecoder.SESSION);
                assert changed == 0;
            }
        }
    }

    private void emit(Connection connection, Description now, Round round, Output output)
            throws SQLException, InterruptedException {
        Order order = now.order();
        Selection selection = new Selection(target, now, round, config);
        int extraIndex = selection.extraIndex();
        Emitter emitter = new Emitter(source, now.layout(), round, output, order != null && order.hasTies());
        LoadProgress progress = isLoaded ? LoadProgress.NONE : load(connection);
        try (Rows rows = selection.open(connection)) {
            while (rows.next()) {
                progress.row();
                Position place = order == null ? NOWHERE : order.position(rows);
                if (round.takes(rows, place, extraIndex)) {
                    emitter.emit(rows, place);
                }
            }
            emitter.end();
            progress.end();
            isLoaded = true;
        } finally {
            Map<String, @Nullable Object> last = emitter.offset();
            offset = last == null ? offset : last;
        }
    }

    /** The first round is the load of what there is; those after it are short and tell nothing. */
    private LoadProgress load(Connection connection) throws SQLException {
        String from = target.from(config.dialect().names());
        LoadProgress whole =
                LoadProgress.of(connection, target, from, config.dialect().reads(), reports);
        return part == null
                ? whole
                : whole.part(part.index(), part.plan().ends().size());
    }

    private Finder finder(Connection connection) throws SQLException {
        if (part != null) {
            return part;
        }
        SourceConfig.Reading reading = config.reading();
        ReadSql reads = config.dialect().reads();
        if (reading.mode() == Mode.BULK) {
            return new BulkFinder(Clock.systemUTC());
        }
        if (!reading.safety().isOn()) {
            return new PlainFinder(reading, reads, config.shape().types());
        }
        if (reads.hasSnapshots() && isStored(connection, target, config)) {
            return new SnapshotFinder(reading, System::nanoTime);
        }
        return reading.mode() == Mode.INCREMENTING
                ? new GapFinder(reading, System::nanoTime)
                : new WindowFinder(reading, reads, config.shape().types());
    }

    /** Whether rows show which transaction wrote them: those of tables and partitioned tables do. */
    static boolean isStored(Connection connection, Target target, SourceConfig config) throws SQLException {
        TableId table = target.table();
        if (table == null) {
            return false;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT relkind FROM pg_class WHERE oid = ?::regclass")) {
            statement.setString(1, target.from(config.dialect().names()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && List.of("r", "p").contains(row.getString(1));
            }
        }
    }

    /**
     * Returns whether a failure means that the table is gone, which the connector has not noticed yet: it gets some time to set
     * its tasks up without it.
     */
    boolean isGone(SQLException failure, long nowNanos) {
        if (target.table() == null || config.dialect().kindOf(failure) != FailureKind.MISSING) {
            return false;
        }
        if (goneNanos == 0) {
            goneNanos = nowNanos;
            LOG.atWarn()
                    .addKeyValue("table", target.table())
                    .log("a table is gone, and is waited for until tasks are set up anew");
        }
        return nowNanos - goneNanos < 2 * config.pace().tableInterval().toNanos();
    }

    /** Returns a failure of the database in the words of this table. */
    RuntimeException explained(SQLException failure) {
        return config.dialect().kindOf(failure).exception("Cannot read " + target.shown(), failure);
    }
}
