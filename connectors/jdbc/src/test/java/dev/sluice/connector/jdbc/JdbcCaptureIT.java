package dev.sluice.connector.jdbc;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.behaviour.SourceAbility;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import dev.sluice.testkit.server.TestingPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The JDBC source keeps the contract of all sources when it captures changes. */
final class JdbcCaptureIT extends SourceConnectorBehaviour {
    private static final String SLOT = "contract";

    private static TestingPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestingPostgres.create();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void createTable() {
        postgres.execute(
                "drop table if exists texts; create table texts (id bigserial primary key, text text not null)");
    }

    @AfterEach
    void dropSlot() {
        Waiting.until("the slot is free", () -> count("where active") == 0);
        postgres.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '"
                + SLOT + "'");
    }

    private static long count(String where) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from (select * from pg_replication_slots"
                        + " where slot_name = '" + SLOT + "') s " + where)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    protected SourceConnector newPlugin() {
        return new JdbcSourceConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "connection.url",
                postgres.jdbcUrl(),
                "connection.user",
                postgres.user(),
                "connection.password",
                postgres.password(),
                "mode",
                "cdc",
                "table.whitelist",
                "texts",
                "topic.prefix",
                "p.",
                "slot.name",
                SLOT,
                "publication.name",
                SLOT));
    }

    @Override
    protected void write(List<String> texts) throws SQLException {
        try (Connection connection = postgres.connect();
                PreparedStatement insert = connection.prepareStatement("insert into texts (text) values (?)")) {
            for (String text : texts) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        }
    }

    @Override
    protected String text(SourceRecord record) {
        return String.valueOf(RowValues.field(record, "text"));
    }

    /** One slot has one reader; and a snapshot that is interrupted goes on with what is there then. */
    @Override
    protected Set<SourceAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SourceAbility.SPLITS, SourceAbility.SHARES, SourceAbility.EXACTLY_ONCE));
    }
}
