package dev.sluice.connector.jdbc.cdc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What capturing needs to know of the server and of who is connected.
 *
 * @param database the database's name
 * @param user the user's name
 * @param walLevel {@code minimal}, {@code replica} or {@code logical}
 * @param mayReplicate whether the user may use replication, as far as its own role says
 * @param slotsFree how many replication slots may still be created
 * @param end where the log ends now
 */
record ServerFacts(String database, String user, String walLevel, boolean mayReplicate, int slotsFree, Lsn end) {
    // The role of managed services that stands for the right to replicate counts as well.
    private static final String QUERY = "SELECT current_database(), current_user, current_setting('wal_level'),"
            + " (SELECT bool_or(rolreplication OR rolsuper OR rolname IN ('rds_replication', 'rds_superuser',"
            + " 'cloudsqlsuperuser', 'azure_pg_admin')) FROM pg_catalog.pg_roles"
            + " WHERE rolname = current_user OR (rolname LIKE '%\\_%' AND pg_has_role(oid, 'member'))),"
            + " current_setting('max_replication_slots')::int"
            + " - (SELECT count(*) FROM pg_catalog.pg_replication_slots)::int, " + ServerFacts.END + "::text";
    /** Where the log ends, on a standby too. */
    static final String END =
            "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()" + " ELSE pg_current_wal_flush_lsn() END";

    static ServerFacts of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            if (!row.next()) {
                throw new SQLException("the server answered nothing");
            }
            return new ServerFacts(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getInt(5),
                    Lsn.parse(row.getString(6)));
        }
    }
}
