package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.plugin.PluginMetrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far the slot is behind: bytes of the log that the server keeps for it and that are to be read, and time since the last
 * commit that came. Written by the task's thread, read by any.
 */
final class SlotLag {
    private static final String QUERY = "SELECT pg_wal_lsn_diff(" + ServerFacts.END + ", confirmed_flush_lsn)::bigint,"
            + " pg_wal_lsn_diff(" + ServerFacts.END + ", restart_lsn)::bigint"
            + " FROM pg_catalog.pg_replication_slots WHERE slot_name = ?";

    private final String slot;
    private final Clock clock;
    private final Lsn begin;
    private volatile long behindBytes;
    private volatile long keptBytes;
    private volatile Instant behindSince = Instant.MAX;

    /**
     * Publishes the metrics.
     *
     * @param begin where this run began
     */
    SlotLag(String slot, Lsn begin, PluginMetrics metrics, Clock clock) {
        this.slot = slot;
        this.begin = begin;
        this.clock = clock;
        Map<String, String> tags = Map.of("slot", slot);
        metrics.gauge(
                "slot-lag-bytes", "Bytes of the log behind the last place that is stored.", tags, () -> behindBytes);
        metrics.gauge("slot-kept-bytes", "Bytes of the log that the server keeps for the slot.", tags, () -> keptBytes);
        metrics.gauge(
                "slot-lag-ms",
                "Milliseconds between a commit and its reading, of the last one; 0 while nothing is to be read.",
                tags,
                this::lagMillis);
    }

    /** Notes when the last transaction that was read was committed; {@link Instant#MAX} if all was read. */
    void onRead(Instant committedAt) {
        behindSince = committedAt;
    }

    private double lagMillis() {
        Instant since = behindSince;
        return since.equals(Instant.MAX)
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis());
    }

    /** Asks the server. */
    void look(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, slot);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    behindBytes = Math.max(0, row.getLong(1));
                    keptBytes = Math.max(0, row.getLong(2));
                }
            }
        }
    }

    /** Returns the lag as a piece of work: what was read since the start, of that and what is still to be read. */
    Progress progress(Lsn reached) {
        long done = Math.max(0, reached.value() - begin.value());
        return new Progress(
                "changes of slot " + slot, done, OptionalLong.of(done + behindBytes), "bytes of the write-ahead log");
    }
}
