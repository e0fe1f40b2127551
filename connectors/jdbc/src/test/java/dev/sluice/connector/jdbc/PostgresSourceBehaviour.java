package dev.sluice.connector.jdbc;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import dev.sluice.testkit.server.TestingPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of all sources over a table of texts on PostgreSQL; the modes differ in their settings alone. */
abstract class PostgresSourceBehaviour extends SourceConnectorBehaviour {
    static TestingPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestingPostgres.create();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    final void createTable() {
        postgres.execute(
                "drop table if exists texts; create table texts (id bigserial primary key, text text not null)");
    }

    @Override
    protected final SourceConnector newPlugin() {
        return new JdbcSourceConnector();
    }

    /** Returns the settings of a mode. */
    abstract Map<String, String> modeSettings();

    @Override
    protected final Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url", postgres.jdbcUrl(),
                "connection.user", postgres.user(),
                "connection.password", postgres.password(),
                "table.whitelist", "texts",
                "topic.prefix", "p."));
        settings.putAll(modeSettings());
        return settings;
    }

    @Override
    protected final void write(List<String> texts) throws SQLException {
        try (Connection connection = postgres.connect();
                PreparedStatement insert = connection.prepareStatement("insert into texts (text) values (?)")) {
            for (String text : texts) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        }
    }

    @Override
    protected final String text(SourceRecord record) {
        return String.valueOf(RowValues.field(record, "text"));
    }
}
