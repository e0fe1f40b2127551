package dev.sluice.connector.jdbc;

import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.behaviour.SourceAbility;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The JDBC source keeps the contract of all sources when it captures changes. */
final class JdbcCaptureIT extends PostgresSourceBehaviour {
    private static final String SLOT = "contract";
    private static final String OF_THE_SLOT = " from pg_replication_slots where slot_name = '" + SLOT + "'";

    @AfterEach
    void dropSlot() {
        Waiting.until("the slot is free", JdbcCaptureIT::isFree);
        postgres.execute("select pg_drop_replication_slot(slot_name)" + OF_THE_SLOT);
    }

    private static boolean isFree() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1" + OF_THE_SLOT + " and active")) {
            return !row.next();
        }
    }

    @Override
    Map<String, String> modeSettings() {
        return Map.of("mode", "cdc", "slot.name", SLOT, "publication.name", SLOT);
    }

    /** One slot has one reader; and a snapshot that is interrupted goes on with what is there then. */
    @Override
    protected Set<SourceAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SourceAbility.SPLITS, SourceAbility.SHARES, SourceAbility.EXACTLY_ONCE));
    }
}
