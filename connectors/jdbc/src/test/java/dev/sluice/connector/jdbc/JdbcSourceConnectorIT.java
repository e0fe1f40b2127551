package dev.sluice.connector.jdbc;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.behaviour.SourceAbility;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import dev.sluice.testkit.server.TestingPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The JDBC source keeps the contract of all sources on PostgreSQL, in safe mode by number. */
final class JdbcSourceConnectorIT extends SourceConnectorBehaviour {
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

    @Override
    protected SourceConnector newPlugin() {
        return new JdbcSourceConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "connection.url", postgres.jdbcUrl(),
                "connection.user", postgres.user(),
                "connection.password", postgres.password(),
                "mode", "incrementing",
                "incrementing.column.name", "id",
                "table.whitelist", "texts",
                "topic.prefix", "p.",
                "poll.interval.ms", "50");
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

    @Override
    protected Set<SourceAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SourceAbility.SPLITS));
    }

    /** The pool's own clean-up ends after its connections. */
    @Override
    protected boolean mayOutliveTasks(Thread thread) {
        return thread.getName().startsWith("PostgreSQL-JDBC-Cleaner");
    }
}
