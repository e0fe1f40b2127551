package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run begins: the connection for questions and tables, with slot and publication seen to, and where to go on. If tables are
 * read first, the connection is in the transaction in which they are.
 *
 * @param plain the connection, which becomes the taker's
 * @param database what the server calls the database
 * @param plan what is done
 * @param begin the place to begin at
 */
record Opening(Connection plain, String database, Resume plan, CdcPosition begin) {
    /** How long the server may take for an answer or the next row; a host that is gone says nothing at all. */
    private static final int ANSWER_MILLIS_MAX = 15_000;

    /**
     * Opens the connection and sees to slot and publication.
     *
     * @param from behind which place to go on; null for the very first run
     * @throws ConnectorException if going on would lose changes in silence, or rights or settings are missing
     */
    static Opening open(CdcConfig config, CdcScope scope, @Nullable CdcPosition from) throws SQLException {
        Connection plain = Sessions.plain(scope.connection());
        try {
            plain.setNetworkTimeout(Runnable::run, ANSWER_MILLIS_MAX);
            ServerFacts server = ServerFacts.of(plain);
            requireLogical(scope, server);
            Publication publication = new Publication(config.publication(), scope.tables());
            publication.ensure(plain);
            publication.add(plain, LateTables.beforeStart(publication.late(plain), from));
            Optional<SlotState> slot = SlotState.find(plain, config.slot());
            Resume plan = Resume.decide(config, server, from, slot);
            CdcPosition begin = plan.createsSlot() ? created(config, scope, plain, plan, slot) : begun(plain, plan);
            return new Opening(plain, server.database(), plan, begin);
        } catch (SQLException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    private static void requireLogical(CdcScope scope, ServerFacts server) {
        if (!server.walLevel().equals("logical")) {
            throw new ConnectorException(
                    "Cannot capture changes of " + scope.connection().shownUrl()
                            + ": wal_level is " + server.walLevel()
                            + ", expected logical. Set wal_level=logical on the server and restart it.");
        }
    }

    private static CdcPosition created(
            CdcConfig config, CdcScope scope, Connection plain, Resume plan, Optional<SlotState> lost)
            throws SQLException {
        if (lost.isPresent()) {
            Slot.drop(plain, config.slot());
        }
        try (Connection replication = Sessions.replication(scope.connection())) {
            Slot.Created made = Slot.create(replication, config.slot(), Slot.CREATE_LIMIT);
            if (plan.readsTables()) {
                beginSnapshot(plain, made.snapshot());
            }
            return CdcPosition.at(made.lsn());
        }
    }

    private static CdcPosition begun(Connection plain, Resume plan) throws SQLException {
        CdcPosition from = plan.from();
        if (from == null) {
            throw new IllegalStateException("no slot is created and none says where to begin");
        }
        if (plan.readsTables()) {
            beginSnapshot(plain, null);
        }
        return from;
    }

    /**
     * Begins the transaction in which tables are read.
     *
     * @param snapshotName the moment that it sees, or null for now; it comes from the server and is digits and dashes, and quoted
     *     all the same
     */
    static void beginSnapshot(Connection plain, @Nullable String snapshotName) throws SQLException {
        plain.setAutoCommit(false);
        execute(plain, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        if (snapshotName != null) {
            execute(plain, "SET TRANSACTION SNAPSHOT '" + snapshotName.replace("'", "''") + "'");
        }
        // Keys have an index; to sort a large table instead would keep the first row, and the task, waiting.
        execute(plain, "SET LOCAL enable_sort = off");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            assert !hasRows;
        }
    }
}
