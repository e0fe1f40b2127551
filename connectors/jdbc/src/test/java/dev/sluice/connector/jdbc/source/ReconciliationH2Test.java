package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are gone from a table of H2 become tombstones; keys of several columns and types. */
final class ReconciliationH2Test {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final ReadTopic topic = new ReadTopic();
    private Connection database;

    @BeforeEach
    void create() throws SQLException {
        database = DriverManager.getConnection(url);
        execute("create table t (id smallint, price numeric(12,2), name varchar, token uuid, v bigint not null,"
                + " at timestamp(6) default localtimestamp not null, primary key (id, price, name, token))");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private int write(String condition, int value) throws SQLException {
        return execute("merge into t (id, price, name, token, v, at) key (id, price, name, token)"
                + " select x, x * 1.25, 'it''s ' || x, cast(lpad(cast(x as varchar), 32, '0') as uuid), " + value
                + ", localtimestamp from system_range(0, 99) where " + condition);
    }

    private Map<String, Object> table() throws SQLException {
        Map<String, Object> rows = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select id, price, name, token, v from t")) {
            while (row.next()) {
                String key = row.getInt(1) + "|" + row.getBigDecimal(2) + "|" + row.getString(3) + "|"
                        + row.getString(4).replace("-", "");
                rows.put(key, row.getLong(5));
            }
        }
        return rows;
    }

    private SourceTaskHarness start(FakeSourceTaskContext context) {
        Map<String, String> settings = Map.of(
                "connection.url", url,
                "topic.prefix", "h.",
                "task.tables", "T",
                "poll.interval.ms", "20",
                "mode", "timestamp",
                "timestamp.column.name", "AT",
                "batch.max.rows", "9",
                "reconcile.interval.ms", "30");
        return SourceTaskHarness.start(new JdbcSourceConnector(), settings, context, Duration.ofSeconds(20));
    }

    private void pollUntilSame(SourceTaskHarness task) {
        Waiting.until("the topic equals the table", () -> {
            topic.poll(task);
            return topic.compacted("V").equals(table());
        });
    }

    @Test
    void endsWithTheTableWhateverIsKilledWhen() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        int written = write("true", 0);
        assertThat(written).isEqualTo(100);
        for (int run = 0; run < 15; run++) {
            context = context.restarted();
            try (SourceTaskHarness task = start(context)) {
                int polls = random.nextInt(20);
                for (int i = 0; i < polls; i++) {
                    topic.poll(task);
                    change(random);
                }
                topic.pollUnstored(task);
            }
            change(random);
        }
        try (SourceTaskHarness task = start(context.restarted())) {
            pollUntilSame(task);
            int deleted = execute("delete from t");
            assertThat(deleted).as("seed %s", seed).isPositive();
            pollUntilSame(task);
            assertThat(topic.tombstones()).hasSizeGreaterThanOrEqualTo(deleted);
        }
    }

    private void change(Random random) throws SQLException {
        int from = random.nextInt(100);
        int to = from + random.nextInt(12);
        int changed = random.nextInt(3) == 0
                ? execute("delete from t where id between " + from + " and " + to)
                : write("x between " + from + " and " + to, random.nextInt());
        assertThat(changed).isNotNegative();
    }
}
