package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.fake.FakeConnectorContext;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.TestingMariaDb;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads MariaDB, where catalogs stand in the place of schemas. */
final class MariaDbSourceIT {
    private TestingMariaDb database;

    @BeforeEach
    void create() {
        assumeTrue(TestingMariaDb.isAvailable(), "no MariaDB server can be started here");
        database = TestingMariaDb.create();
    }

    @AfterEach
    void drop() {
        if (TestingMariaDb.isAvailable()) {
            database.close();
        }
    }

    private Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url",
                database.jdbcUrl(),
                "connection.user",
                database.user(),
                "connection.password",
                database.password(),
                "topic.prefix",
                "m.",
                "table.whitelist",
                "t",
                "table.types",
                "TABLE,BASE TABLE",
                "catalog.pattern",
                database.database(),
                "poll.interval.ms",
                "20"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private SourceTaskHarness start(FakeSourceTaskContext context, String... more) {
        JdbcSourceConnector connector = new JdbcSourceConnector();
        connector.start(new FakeConnectorContext(), connector.configSpec().parse(settings(more)));
        Map<String, String> task = connector.taskConfigs(1).get(0);
        connector.stop();
        return SourceTaskHarness.start(new JdbcSourceConnector(), task, context, Duration.ofSeconds(20));
    }

    @Test
    void readsRowsInOrderWithKeysAndContinues() {
        database.execute(
                "create table t (id bigint unsigned auto_increment primary key, n decimal(10,2), s varchar(20),"
                        + " at datetime(6) not null default '2026-01-01 00:00:00.123456')");
        database.execute("insert into t (n, s) values (1.5, 'Grüße'), (null, 'b')");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] byNumber = {"mode", "incrementing", "incrementing.column.name", "id"};
        try (SourceTaskHarness task = start(context, byNumber)) {
            List<SourceRecord> records = task.read(2);
            Struct row = RowValues.row(records.get(0));
            assertThat(row.get("id")).isEqualTo(1L);
            assertThat(row.get("n")).isEqualTo(new BigDecimal("1.50"));
            assertThat(row.get("s")).isEqualTo("Grüße");
            assertThat(row.get("at")).isInstanceOf(Instant.class);
            assertThat(records.get(0).key().isNull()).isFalse();
            assertThat(records.get(0).position().partition())
                    .isEqualTo(Map.of("protocol", "1", "table", database.database() + ".t"));
            task.commit(records);
        }
        database.execute("insert into t (s) values ('c')");
        try (SourceTaskHarness task = start(context.restarted(), byNumber)) {
            assertThat(RowValues.field(task.read(1).get(0), "s")).isEqualTo("c");
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void readsByTimeToo() {
        database.execute("create table t (id int primary key, at datetime(6) not null)");
        database.execute("insert into t values (1, utc_timestamp(6) - interval 1 second)");
        try (SourceTaskHarness task =
                start(new FakeSourceTaskContext(), "mode", "timestamp", "timestamp.column.name", "at")) {
            assertThat(RowValues.number(task.read(1).get(0), "id")).isEqualTo(1);
            database.execute("insert into t values (2, utc_timestamp(6) - interval 2 second)");
            assertThat(RowValues.number(task.read(1).get(0), "id")).isEqualTo(2);
            assertThat(task.readRest()).isEmpty();
        }
    }
}
