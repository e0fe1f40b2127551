package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What a transaction of PostgreSQL sees.
 *
 * @param xmin all transactions below this id had ended
 * @param xmax no transaction from this id on had begun to write
 * @param xminAge the age of xmin, as {@code age(xid)} says it
 * @param nowMicros when the transaction began
 * @param isStandby whether the server follows another one
 */
record Snapshot(long xmin, long xmax, long xminAge, long nowMicros, boolean isStandby) {
    private static final long AGE_MAX = 1L << 31;

    private static final String TAKE = "SELECT txid_snapshot_xmin(s), txid_snapshot_xmax(s),"
            + " age((txid_snapshot_xmin(s) % 4294967296)::text::xid),"
            + " (extract(epoch FROM now()) * 1000000)::bigint, pg_is_in_recovery()"
            + " FROM (SELECT txid_current_snapshot() AS s) AS taken";

    /**
     * A transaction holds the lock of its virtual id from its begin to its end, also before it writes, and everybody may see
     * that. Other databases do not matter, nor those who read the log, nor those who clean up, who have no user.
     */
    private static final String ACTIVE =
            "SELECT l.virtualxid FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid"
                    + " WHERE l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()"
                    + " AND (a.datid IS NULL OR a.datid = (SELECT oid FROM pg_database WHERE datname = current_database()))"
                    + " AND (a.pid IS NULL OR a.usesysid IS NOT NULL) AND COALESCE(a.backend_type, '') <> 'walsender'"
                    + " UNION ALL SELECT 'prepared' FROM pg_prepared_xacts WHERE database = current_database()";

    /** Stands for transactions that were prepared for a two-phase commit: nobody can tell when they began. */
    static final String PREPARED = "prepared";

    /** Returns the snapshot of a transaction in repeatable read, which is the same at all its statements. */
    static Snapshot take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKE)) {
            if (!row.next()) {
                throw new SQLException("the database did not tell its snapshot");
            }
            return new Snapshot(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getBoolean(5));
        }
    }

    /** Returns the transactions that run at this moment, our own left out; whatever the snapshot of the transaction. */
    static Set<String> active(Connection connection) throws SQLException {
        Set<String> active = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ACTIVE)) {
            while (rows.next()) {
                active.add(rows.getString(1));
            }
        }
        return Collections.unmodifiableSet(active);
    }

    /** Returns whether an id is one of this server's present: neither of another server, nor so old that ids came round. */
    boolean knows(long xid) {
        return xid <= xmax && age(xid) < AGE_MAX;
    }

    /** Returns the age of an id: how many came after it. */
    long age(long xid) {
        return xminAge + (xmin - xid);
    }

    /** Returns the whole id of which a row shows the last 32 bits; the id is not below xmin. */
    long whole(long last32Bits) {
        return xmin + ((last32Bits - xmin) & 0xFFFF_FFFFL);
    }
}
