package dev.sluice.connector.jdbc.cdc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as the server shows it.
 *
 * @param plugin its output plugin; null for a physical slot
 * @param database the database that it belongs to; null for a physical slot
 * @param activePid the process that uses it, 0 if none does
 * @param confirmed up to where its user has everything; null if it is of no use any more
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; empty on servers before 13
 * @param invalidation why it is of no use any more; empty if it is, or on servers before 17
 */
record SlotState(
        @Nullable String plugin,
        @Nullable String database,
        int activePid,
        @Nullable Lsn confirmed,
        String walStatus,
        String invalidation) {
    private static final String QUERY = "SELECT plugin, database, coalesce(active_pid, 0), confirmed_flush_lsn::text,"
            + " coalesce(to_jsonb(s) ->> 'wal_status', ''), coalesce(to_jsonb(s) ->> 'invalidation_reason', '')"
            + " FROM pg_catalog.pg_replication_slots s WHERE slot_name = ?";

    /** Looks at a slot; empty if there is none of that name. */
    static Optional<SlotState> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(of(row)) : Optional.empty();
            }
        }
    }

    private static SlotState of(ResultSet row) throws SQLException {
        String confirmed = row.getString(4);
        return new SlotState(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                confirmed == null ? null : Lsn.parse(confirmed),
                row.getString(5),
                row.getString(6));
    }

    /** Returns whether the server threw away what the slot would need. */
    boolean isLost() {
        return walStatus.equals("lost") || !invalidation.isEmpty() || confirmed == null;
    }
}
