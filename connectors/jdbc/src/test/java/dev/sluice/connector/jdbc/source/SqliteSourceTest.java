package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads SQLite: a database that tells nothing of its transactions and has types of its own mind. */
final class SqliteSourceTest {
    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void name() {
        url = "jdbc:sqlite:" + folder.resolve("test.db");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("connection.url", url, "topic.prefix", "s.", "task.tables", "t", "poll.interval.ms", "20"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private SourceTaskHarness start(FakeSourceTaskContext context, String... more) {
        return SourceTaskHarness.start(new JdbcSourceConnector(), settings(more), context, Duration.ofSeconds(20));
    }

    private static List<Long> ids(List<SourceRecord> records) {
        return records.stream().map(record -> RowValues.number(record, "id")).toList();
    }

    @Test
    void findsRowsOfNumbersThatWereMissing() throws SQLException {
        execute(
                "create table t (id integer primary key not null, text text)",
                "insert into t values (1, 'a'), (4, 'd')");
        String[] byNumber = {"mode", "incrementing", "incrementing.column.name", "id"};
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = start(context, byNumber)) {
            List<SourceRecord> first = task.read(2);
            assertThat(ids(first)).containsExactly(1L, 4L);
            execute("insert into t values (3, 'late')");
            List<SourceRecord> late = task.read(1);
            assertThat(ids(late)).containsExactly(3L);
            assertThat(late.get(0).position().offset()).isEqualTo(Map.of("incrementing", 4L, "gaps", "2"));
            task.commit(late);
        }
        execute("insert into t values (2, 'later'), (5, 'e')", "update t set text = 'changed' where id = 3");
        try (SourceTaskHarness task = start(context.restarted(), byNumber)) {
            assertThat(ids(task.read(2))).containsExactly(2L, 5L);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void findsRowsOfTheTimesJustBefore() throws SQLException {
        execute("create table t (id integer primary key not null, at timestamp not null)");
        long now = System.currentTimeMillis() - 2_000;
        execute("insert into t values (1, " + now + "), (2, " + (now + 500) + ")");
        try (SourceTaskHarness task = start(
                new FakeSourceTaskContext(),
                "mode",
                "timestamp",
                "timestamp.column.name",
                "at",
                "safe.mode.late.ms",
                "60000")) {
            assertThat(ids(task.read(2))).containsExactly(1L, 2L);
            execute("insert into t values (3, " + (now + 100) + ")");
            assertThat(ids(task.read(1))).containsExactly(3L);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void readsItsTypes() throws SQLException {
        execute(
                "create table t (i integer, r real, s text, b blob, n numeric(10,2))",
                "insert into t values (9007199254740993, 1.5, 'Grüße', x'00ff', 12.25)");
        try (SourceTaskHarness task = start(new FakeSourceTaskContext(), "mode", "bulk")) {
            Struct row = RowValues.row(task.read(1).get(0));
            assertThat(row.get("r"))
                    .isEqualTo(
                            row.schema().field("r").orElseThrow().schema().type()
                                            == dev.sluice.api.data.SchemaType.FLOAT32
                                    ? (Object) 1.5f
                                    : (Object) 1.5);
            assertThat(row.get("s")).isEqualTo("Grüße");
            assertThat(row.get("b")).isEqualTo(new byte[] {0, (byte) 0xff});
        }
    }
}
