package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeConnectorContext;
import dev.sluice.testkit.fake.FakeOffsets;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.KillablePostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while it is read: nothing is lost and nothing comes twice. */
final class SourceKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = Boolean.getBoolean("sluice.soak") ? 12 : 2;
    private static final int ROWS = 20_000;
    private static final int PARTS = 4;

    @TempDir
    private static Path folder;

    private static KillablePostgres postgres;

    @BeforeAll
    static void start() {
        postgres = KillablePostgres.start(folder);
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @BeforeEach
    void createTable() {
        postgres.execute("drop table if exists t; create table t (id bigserial primary key,"
                + " at timestamptz not null default clock_timestamp(), text text)");
    }

    private static Map<String, String> settings(String mode) {
        return new HashMap<>(Map.of(
                "connection.url",
                postgres.jdbcUrl(),
                "connection.user",
                postgres.user(),
                "connection.password",
                postgres.password(),
                "connection.backoff.ms",
                "50",
                "connection.timeout.ms",
                "1000",
                "mode",
                mode,
                "topic.prefix",
                "",
                "batch.max.rows",
                "100",
                "poll.interval.ms",
                "20"));
    }

    private static SourceTaskHarness task(Map<String, String> settings, FakeOffsets offsets) {
        return SourceTaskHarness.start(
                new JdbcSourceConnector(), settings, new FakeSourceTaskContext(offsets), PATIENCE);
    }

    private static void insert(int count) {
        postgres.execute("insert into t (text) select repeat('x', 1000) from generate_series(1, " + count + ")");
    }

    private static void assertEachOnce(List<SourceRecord> all, int count) {
        assertThat(all)
                .extracting(record -> RowValues.number(record, "id"))
                .doesNotHaveDuplicates()
                .hasSize(count);
    }

    @Test
    void goesOnWhereItWasAfterTheDatabaseWasKilled() {
        insert(ROWS);
        Map<String, String> settings = settings("incrementing");
        settings.put("task.tables", "public.t");
        try (SourceTaskHarness task = task(settings, new FakeOffsets())) {
            List<SourceRecord> all = new ArrayList<>(task.read(1_000));
            postgres.kill();
            all.addAll(task.poll());
            postgres.restart();
            insert(1);
            all.addAll(task.read(ROWS + 1 - all.size()));
            assertEachOnce(all, ROWS + 1);
        }
    }

    @Test
    void pollsOnWhenTheDatabaseIsBackAndFindsWhatCameMeanwhile() {
        Map<String, String> settings = settings("timestamp+incrementing");
        settings.put("incrementing.column.name", "id");
        settings.put("timestamp.column.name", "at");
        settings.put("task.tables", "public.t");
        try (SourceTaskHarness task = task(settings, new FakeOffsets())) {
            List<SourceRecord> all = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                insert(10);
                all.addAll(task.read(10 * (2 * kill + 1) - all.size()));
                postgres.kill();
                Waiting.until("the outage is told", PATIENCE, () -> isOutageTold(task));
                postgres.restart();
                insert(10);
                all.addAll(task.read(10 * (2 * kill + 2) - all.size()));
            }
            all.addAll(task.readRest());
            assertEachOnce(all, 20 * KILLS);
        }
    }

    @Test
    void readsFromTheServerOfAListThatAnswers() {
        insert(10);
        Map<String, String> settings = settings("incrementing");
        settings.put("task.tables", "public.t");
        settings.put(
                "connection.url",
                "jdbc:postgresql://localhost:1,localhost:" + postgres.port() + "/postgres?targetServerType=primary");
        try (SourceTaskHarness task = task(settings, new FakeOffsets())) {
            List<SourceRecord> all = new ArrayList<>(task.read(10));
            postgres.kill();
            postgres.restart();
            insert(10);
            all.addAll(task.read(10));
            assertEachOnce(all, 20);
        }
    }

    private static boolean isOutageTold(SourceTaskHarness task) {
        try {
            assertThat(task.poll()).as("rows of a dead database").isEmpty();
            return false;
        } catch (RetriableException told) {
            assertThat(told).hasMessageStartingWith("Cannot ");
            return true;
        }
    }

    /** Four tasks at the same time: each goes on in its own range, in the same run. */
    @Test
    void goesOnInEachPartOfALoadThatSeveralTasksRead() throws Exception {
        insert(ROWS);
        postgres.execute("analyze t");
        FakeOffsets offsets = new FakeOffsets();
        Map<String, String> settings = settings("incrementing");
        settings.put("table.include.list", "public\\.t");
        settings.put("first.load.split.rows.min", "1000");
        List<Map<String, String>> configs = configs(settings, offsets);
        assertThat(configs).hasSize(PARTS);
        Map<Long, Integer> seen = new ConcurrentHashMap<>();
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger allowed = new AtomicInteger(ROWS / (KILLS + 1));
        List<CompletableFuture<Void>> reading = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            int part = i;
            reading.add(CompletableFuture.runAsync(
                    () -> readAll(configs.get(part), offsets, records -> {
                        records.forEach(record -> seen.merge(RowValues.number(record, "id"), 1, Integer::sum));
                        if (!records.isEmpty()) {
                            begun.add(part);
                        }
                        int all = count.addAndGet(records.size());
                        // Every part stops in the middle of its rows, until the server has died under it.
                        Waiting.until("the next kill", PATIENCE, () -> count.get() < allowed.get());
                        return all;
                    }),
                    work -> new Thread(work, "part-" + part).start()));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            Waiting.until("all parts read", PATIENCE, () -> begun.size() == PARTS && count.get() >= allowed.get());
            postgres.kill();
            postgres.restart();
            allowed.set(kill == KILLS ? Integer.MAX_VALUE : ROWS * (kill + 1) / (KILLS + 1));
        }
        CompletableFuture.allOf(reading.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(seen)
                .hasSize(ROWS)
                .allSatisfy((id, times) -> assertThat(times).as("row %s", id).isOne());
    }

    private static List<Map<String, String>> configs(Map<String, String> settings, FakeOffsets offsets) {
        JdbcSourceConnector connector = new JdbcSourceConnector();
        connector.start(
                new FakeConnectorContext(offsets), connector.configSpec().parse(settings));
        try {
            return connector.taskConfigs(PARTS);
        } finally {
            connector.stop();
        }
    }

    /** Takes records, and says how many came to all tasks. */
    private interface Taking {
        int take(List<SourceRecord> records);
    }

    private static void readAll(Map<String, String> config, FakeOffsets offsets, Taking taking) {
        try (SourceTaskHarness task = task(config, offsets)) {
            int all = 0;
            while (all < ROWS) {
                all = taking.take(polled(task));
            }
        }
    }

    private static List<SourceRecord> polled(SourceTaskHarness task) {
        try {
            List<SourceRecord> records = task.poll();
            task.commit(records);
            return records;
        } catch (RetriableException again) {
            return List.of();
        }
    }
}
