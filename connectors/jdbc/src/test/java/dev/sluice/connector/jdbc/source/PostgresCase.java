package dev.sluice.connector.jdbc.source;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.TestingPostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A PostgreSQL database for each class, empty before each test, and tasks that read it. */
abstract class PostgresCase {
    private static final String EMPTY = "do $$ declare name text; begin"
            + " for name in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$)'"
            + " loop execute format('drop schema %I cascade', name); end loop; end $$;"
            + " create schema public; grant usage on schema public to public";

    static TestingPostgres postgres;

    @BeforeAll
    static void createDatabase() {
        postgres = TestingPostgres.create();
    }

    @BeforeEach
    final void empty() {
        postgres.execute(EMPTY);
    }

    @AfterAll
    static void dropDatabase() {
        postgres.close();
    }

    /** Returns settings of a task that reads a table in bulk, with others in pairs. */
    final Map<String, String> settings(String tables, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url",
                postgres.jdbcUrl(),
                "connection.user",
                postgres.user(),
                "connection.password",
                postgres.password(),
                "mode",
                "bulk",
                "topic.prefix",
                "t.",
                "task.tables",
                tables,
                "poll.interval.ms",
                "20"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    final SourceTaskHarness start(String tables, String... more) {
        return start(new FakeSourceTaskContext(), tables, more);
    }

    final SourceTaskHarness start(FakeSourceTaskContext context, String tables, String... more) {
        return SourceTaskHarness.start(
                new JdbcSourceConnector(), settings(tables, more), context, Duration.ofSeconds(20));
    }

    /** Reads the first row of a table. */
    final SourceRecord first(String tables, String... more) {
        try (SourceTaskHarness task = start(tables, more)) {
            return task.read(1).get(0);
        }
    }

    static List<@Nullable Object> fields(List<SourceRecord> records, String name) {
        return records.stream().map(record -> RowValues.field(record, name)).toList();
    }
}
