package dev.sluice.connector.jdbc.sink;

import static dev.sluice.connector.jdbc.sink.SinkFixture.struct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.jdbc.JdbcSinkConnector;
import dev.sluice.testkit.server.TestingPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A validation that may connect says what a task would stumble over. */
final class SinkProbeIT {
    private static final StructSchema ORDER =
            Schema.struct("Order").field("id", Schema.INT64).build();

    private TestingPostgres postgres;
    private SinkFixture sink;

    @BeforeEach
    void create() {
        postgres = TestingPostgres.create();
        sink = new SinkFixture(postgres::connect, Map.of());
    }

    @AfterEach
    void drop() {
        postgres.close();
    }

    private List<String> problems(List<SinkRecord> samples, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url", postgres.jdbcUrl(),
                "connection.user", postgres.user(),
                "connection.password", postgres.password(),
                "topics", "orders"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ValidationProbe probe = new ValidationProbe(true, Duration.ofSeconds(10), samples);
        return new JdbcSinkConnector()
                .validate(settings, probe).errors().stream()
                        .map(ConfigProblem::text)
                        .toList();
    }

    @Test
    void findsNothingWhereAllIsWell() {
        sink.execute("create table orders (id bigint primary key)");
        SinkRecord sample = sink.record(struct(ORDER, 1L));
        assertThat(problems(List.of(sample), "insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "id"))
                .isEmpty();
        assertThat(sink.query("select count(*) from orders")).containsExactly("0");
    }

    @Test
    void missesTheTable() {
        assertThat(problems(List.of()))
                .containsExactly("Cannot write to table orders: there is none of that name that user"
                        + " postgres can see. Create it, correct table.name.format, or set auto.create=true.");
        assertThat(problems(List.of(), "auto.create", "true")).isEmpty();
        assertThat(sink.query("select to_regclass('orders')")).containsExactly("-");
    }

    @Test
    void missesTheIndexOfAnUpsert() {
        sink.execute("create table orders (id bigint primary key, other bigint)");
        assertThat(problems(List.of(), "insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "other"))
                .containsExactly(
                        "Cannot upsert into table public.orders by [other]: it has no unique index on exactly these"
                                + " columns; its primary key is [id]. Create the index, or correct pk.fields.");
        sink.execute("create unique index on orders (other)");
        assertThat(problems(List.of(), "insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "other"))
                .isEmpty();
    }

    @Test
    void missesPrivileges() {
        String user = "sink_" + postgres.database();
        sink.execute("create table orders (id bigint primary key)");
        sink.execute("create user " + user + " password 'x'");
        sink.execute("grant select on orders to " + user);
        try {
            assertThat(problems(
                            List.of(),
                            "connection.user",
                            user,
                            "connection.password",
                            "x",
                            "delete.enabled",
                            "true",
                            "pk.mode",
                            "record_key"))
                    .containsExactly(
                            "connection.user: Cannot write to table public.orders: user " + user
                                    + " lacks DELETE, INSERT. Execute GRANT DELETE, INSERT ON \"public\".\"orders\" TO the user.");
        } finally {
            sink.execute("drop owned by " + user);
            sink.execute("drop user " + user);
        }
    }

    @Test
    void triesSamples() {
        sink.execute("create table orders (other bigint)");
        assertThat(problems(List.of(sink.record(struct(ORDER, 1L)))))
                .singleElement()
                .asString()
                .startsWith("Sample of topic orders: Cannot write field id (int64) to table public.orders: it"
                        + " has no column id.");
    }

    @Test
    void cannotConnect() {
        String[] nobody = {"connection.url", "jdbc:postgresql://localhost:1/none", "connection.timeout.ms", "1000"};
        assertThat(problems(List.of(), nobody))
                .singleElement()
                .asString()
                .startsWith("connection.url: Cannot connect to jdbc:postgresql://localhost:1/none: ")
                .endsWith("Check that the database runs at that address and that this machine may connect to it.");
    }
}
