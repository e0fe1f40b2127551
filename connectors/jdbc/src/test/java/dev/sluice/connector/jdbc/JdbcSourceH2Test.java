package dev.sluice.connector.jdbc;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.behaviour.SourceAbility;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The JDBC source keeps the contract of all sources on a database that tells nothing of its transactions. */
final class JdbcSourceH2Test extends SourceConnectorBehaviour {
    private static final String URL = "jdbc:h2:mem:behaviour";

    /** The database lives as long as one connection to it. */
    private Connection database;

    @BeforeEach
    void create() throws SQLException {
        database = DriverManager.getConnection(URL);
        try (Statement statement = database.createStatement()) {
            statement.executeUpdate("create table texts (id bigint auto_increment primary key, text varchar not null)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Override
    protected SourceConnector newPlugin() {
        return new JdbcSourceConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "connection.url", URL,
                "mode", "incrementing",
                "table.whitelist", "TEXTS",
                "table.types", "BASE TABLE",
                "topic.prefix", "p.",
                "poll.interval.ms", "50");
    }

    @Override
    protected void write(List<String> texts) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("insert into texts (text) values (?)")) {
            for (String text : texts) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        }
    }

    @Override
    protected String text(SourceRecord record) {
        return String.valueOf(RowValues.field(record, "TEXT"));
    }

    @Override
    protected Set<SourceAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SourceAbility.SPLITS));
    }
}
