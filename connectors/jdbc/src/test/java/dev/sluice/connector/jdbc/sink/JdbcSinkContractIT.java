package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.jdbc.JdbcSinkConnector;
import dev.sluice.testkit.behaviour.SinkAbility;
import dev.sluice.testkit.behaviour.SinkConnectorBehaviour;
import dev.sluice.testkit.server.TestingPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The JDBC sink keeps the contract of all sinks: upserts and deletes by the record's key, on PostgreSQL. */
final class JdbcSinkContractIT extends SinkConnectorBehaviour {
    private static final StructSchema VALUE =
            Schema.struct("Entry").field("copy", Schema.STRING).build();

    private TestingPostgres postgres;

    @BeforeEach
    void createTable() {
        postgres = TestingPostgres.create();
        postgres.execute("create table testing (entry text primary key, copy text)");
    }

    @AfterEach
    void dropDatabase() {
        postgres.close();
    }

    @Override
    protected SinkConnector newPlugin() {
        return new JdbcSinkConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "connection.url", postgres.jdbcUrl(),
                "connection.user", postgres.user(),
                "connection.password", postgres.password(),
                "connection.backoff.ms", "100",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "pk.mode", "record_key",
                "pk.fields", "entry");
    }

    @Override
    protected SinkRecord record(RecordCoordinates origin, String text) {
        Struct value = Struct.builder(VALUE).set("copy", text).build();
        return SinkRecord.of(origin, SchemaAndValue.of(VALUE, value)).withKey(SchemaAndValue.string(text));
    }

    @Override
    protected List<String> readOutside() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select entry from testing order by entry collate \"C\"")) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }

    /** The first bind of each row is the key; COPY has its lines as binds. */
    @Override
    protected List<String> textsOf(RenderedWrite write) {
        if (write.text().startsWith("COPY")) {
            return write.binds().stream()
                    .map(line -> firstColumn(Objects.toString(line)))
                    .toList();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < write.binds().size(); i += 2) {
            texts.add(Objects.toString(write.binds().get(i)));
        }
        return texts;
    }

    private static String firstColumn(String line) {
        return line.substring(0, line.indexOf('\t')).replace("\\\\", "\\");
    }

    @Override
    protected Optional<Mending> breakOutside() {
        postgres.execute("alter table testing rename to hidden");
        return Optional.of(() -> postgres.execute("alter table hidden rename to testing"));
    }

    @Override
    protected Set<SinkAbility> abilities() {
        return EnumSet.allOf(SinkAbility.class);
    }
}
