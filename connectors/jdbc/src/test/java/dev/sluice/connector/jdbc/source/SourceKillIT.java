package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.KillablePostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while it is read: nothing is lost and nothing comes twice. */
final class SourceKillIT {
    @TempDir
    private Path folder;

    @Test
    void goesOnWhereItWasAfterTheDatabaseWasKilled() {
        try (KillablePostgres postgres = KillablePostgres.start(folder)) {
            postgres.execute("create table t (id bigserial primary key, text text)");
            postgres.execute("insert into t (text) select repeat('x', 1000) from generate_series(1, 20000)");
            Map<String, String> settings = Map.of(
                    "connection.url", postgres.jdbcUrl(),
                    "connection.user", postgres.user(),
                    "connection.password", postgres.password(),
                    "connection.backoff.ms", "50",
                    "connection.timeout.ms", "1000",
                    "mode", "incrementing",
                    "topic.prefix", "",
                    "task.tables", "public.t",
                    "batch.max.rows", "100",
                    "poll.interval.ms", "20");
            try (SourceTaskHarness task = SourceTaskHarness.start(
                    new JdbcSourceConnector(), settings, new FakeSourceTaskContext(), Duration.ofSeconds(60))) {
                List<SourceRecord> all = new ArrayList<>(task.read(1_000));
                postgres.kill();
                all.addAll(task.poll());
                postgres.restart();
                postgres.execute("insert into t (text) values ('after')");
                all.addAll(task.read(20_001 - all.size()));
                assertThat(all.stream()
                                .map(record -> RowValues.number(record, "id"))
                                .distinct()
                                .count())
                        .isEqualTo(all.size());
                assertThat(all).hasSize(20_001);
            }
        }
    }
}
