package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.connector.jdbc.connection.SqlText;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.replication.ReplicationSlotInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates and drops replication slots. Uses the connections that it is given. */
final class Slot {
    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
    private static final String DROP =
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_catalog.pg_replication_slots WHERE slot_name = ?";
    /** A slot begins when all transactions of that moment have ended. */
    static final Duration CREATE_LIMIT = Duration.ofSeconds(20);

    private Slot() {}

    /**
     * What a new slot begins with.
     *
     * @param lsn the first place of its stream
     * @param snapshot the name of the snapshot of exactly that place; good until the connection does something else
     */
    record Created(Lsn lsn, String snapshot) {}

    /**
     * Creates a slot.
     *
     * @param replication a replication connection
     * @param limit how long to wait for transactions to end; then the slot is not there
     */
    static Created create(Connection replication, String name, Duration limit) throws SQLException {
        replication.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
        try {
            ReplicationSlotInfo made = replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(name)
                    .withOutputPlugin("pgoutput")
                    .make();
            LOG.atInfo()
                    .addKeyValue("slot", name)
                    .addKeyValue("lsn", made.getConsistentPoint().asString())
                    .log("created a replication slot");
            return new Created(new Lsn(made.getConsistentPoint().asLong()), made.getSnapshotName());
        } catch (SQLException failed) {
            throw explained(name, limit, failed);
        }
    }

    private static ConnectorException explained(String name, Duration limit, SQLException failed) throws SQLException {
        String what = "Cannot create replication slot " + name + ": " + SqlText.of(failed);
        String state = String.valueOf(failed.getSQLState());
        return switch (state) {
            case "42501" ->
                new ConnectorException(
                        what + " Give the user of the connection the right: ALTER ROLE … REPLICATION.", failed);
            case "53400" ->
                new ConnectorException(
                        what + " Raise max_replication_slots on the server, or drop a slot that nobody needs: SELECT"
                                + " slot_name FROM pg_replication_slots WHERE NOT active.",
                        failed);
            default -> {
                boolean isTimeout = failed.getCause() instanceof SocketTimeoutException;
                if (!isTimeout) {
                    throw failed;
                }
                yield new RetriableException(
                        "Cannot create replication slot " + name
                                + ": transactions that were open have not ended within " + limit.toSeconds()
                                + " seconds. End them; SELECT pid,"
                                + " xact_start, query FROM pg_stat_activity ORDER BY xact_start shows the oldest first.",
                        failed);
            }
        };
    }

    /** Drops a slot if there is one. */
    static void drop(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(DROP)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                LOG.atInfo().addKeyValue("slot", name).log("dropped the replication slot: {}", row.next());
            }
        }
    }
}
