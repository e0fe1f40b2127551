package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeConnectorContext;
import dev.sluice.testkit.fake.FakeOffsets;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first load of a large table by several tasks, and the stream behind it. */
final class SplitLoadIT extends PostgresCase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final boolean IS_SOAK = Boolean.getBoolean("sluice.soak");
    private static final int ROWS = IS_SOAK ? 200_000 : 60_000;
    private static final int WRITERS = 6;
    private static final int TRANSACTIONS = IS_SOAK ? 40 : 12;

    private void create(int rows) {
        postgres.execute("create table big (id bigserial primary key, at timestamptz not null default now(),"
                + " v int not null default 0); create index on big (at);"
                + " insert into big (at) select now() - i * interval '1 ms' from generate_series(1, " + rows + ") i;"
                + " analyze big");
    }

    private Map<String, String> connectorSettings(String mode, String... more) {
        Map<String, String> settings = settings(
                "",
                "mode",
                mode,
                "incrementing.column.name",
                "id",
                "timestamp.column.name",
                "at",
                "table.include.list",
                "public\\.big",
                "poll.interval.ms",
                "5",
                "batch.max.rows",
                "500",
                "first.load.split.rows.min",
                "500");
        settings.remove("task.tables");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** Asks a connector that was just started, as after a restart of the worker. */
    private static List<Map<String, String>> tasks(Map<String, String> settings, FakeOffsets offsets, int tasksMax) {
        JdbcSourceConnector connector = new JdbcSourceConnector();
        connector.start(
                new FakeConnectorContext(offsets), connector.configSpec().parse(settings));
        try {
            return connector.taskConfigs(tasksMax);
        } finally {
            connector.stop();
        }
    }

    private static SourceTaskHarness start(Map<String, String> task, FakeOffsets offsets) {
        return SourceTaskHarness.start(new JdbcSourceConnector(), task, new FakeSourceTaskContext(offsets), PATIENCE);
    }

    /** A version of a row, which has one writer. */
    private record Version(long id, long v) {
        static Version of(SourceRecord record) {
            return new Version(RowValues.number(record, "id"), RowValues.number(record, "v"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"incrementing", "timestamp", "timestamp+incrementing"})
    void eachVersionComesOnceWhateverIsWrittenAndHoweverOftenTasksStop(String mode) throws Exception {
        create(ROWS);
        long seed = System.nanoTime();
        boolean isUpdating = !mode.equals("incrementing");
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            CountDownLatch begun = new CountDownLatch(WRITERS);
            List<CompletableFuture<Void>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                writing.add(CompletableFuture.runAsync(() -> write(random, isUpdating, begun), writers));
            }
            // So that transactions run while the load is planned.
            begun.await();
            CompletableFuture<Void> all = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
            Map<Version, Integer> seen = readWhile(connectorSettings(mode), all, new Random(seed));
            assertThat(all).succeedsWithin(PATIENCE);
            assertThat(seen.entrySet())
                    .as("versions that came twice, seed %s", seed)
                    .allMatch(version -> version.getValue() == 1);
            Set<Version> missing = new HashSet<>(committed());
            int count = missing.size();
            missing.removeAll(seen.keySet());
            assertThat(missing).as("versions that never came, seed %s", seed).isEmpty();
            if (!isUpdating) {
                assertThat(seen.size()).isEqualTo(count);
            }
        } finally {
            writers.shutdownNow();
        }
    }

    private void write(Random random, boolean isUpdating, CountDownLatch begun) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TRANSACTIONS; i++) {
                boolean isInserted = statement.executeUpdate("insert into big default values") == 1;
                assertThat(isInserted).isTrue();
                begun.countDown();
                assertThat(statement.execute("select pg_sleep(" + random.nextInt(300) / 1000.0 + ")"))
                        .isTrue();
                if (isUpdating) {
                    String update = "update big set v = v + 1, at = clock_timestamp() where id = ";
                    assertThat(statement.executeUpdate(update + (1 + random.nextInt(ROWS))))
                            .isOne();
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Runs of four tasks, each stopped at random, with nothing kept but the stored offsets. */
    private static Map<Version, Integer> readWhile(
            Map<String, String> settings, CompletableFuture<Void> writing, Random random) {
        Map<Version, Integer> seen = new HashMap<>();
        FakeOffsets offsets = new FakeOffsets();
        int most = 0;
        boolean isLast = false;
        while (!isLast) {
            List<Map<String, String>> configs = tasks(settings, offsets, 4);
            most = Math.max(most, configs.size());
            // The load is over when one task is enough again.
            isLast = writing.isDone() && configs.size() == 1;
            for (Map<String, String> config : isLast ? List.of(configs.get(0)) : shuffled(configs, random)) {
                read(config, offsets, seen, isLast ? Integer.MAX_VALUE : 1 + random.nextInt(40), random);
            }
        }
        assertThat(most).as("tasks while the table is loaded").isEqualTo(4);
        return seen;
    }

    private static List<Map<String, String>> shuffled(List<Map<String, String>> configs, Random random) {
        List<Map<String, String>> shuffled = new ArrayList<>(configs);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static void read(
            Map<String, String> config, FakeOffsets offsets, Map<Version, Integer> seen, int polls, Random random) {
        try (SourceTaskHarness task = start(config, offsets)) {
            int idle = 0;
            for (int i = 0; i < polls && idle < (polls == Integer.MAX_VALUE ? 5 : 1); i++) {
                List<SourceRecord> batch = task.poll();
                idle = batch.isEmpty() ? idle + 1 : 0;
                // A stop loses what was returned and not stored; what is stored must not come again.
                List<SourceRecord> stored = i + 1 < polls ? batch : batch.subList(0, random.nextInt(batch.size() + 1));
                task.commit(stored);
                stored.forEach(record -> seen.merge(Version.of(record), 1, Integer::sum));
            }
        }
    }

    private List<Version> committed() throws SQLException {
        List<Version> committed = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, v from big")) {
            while (rows.next()) {
                committed.add(new Version(rows.getLong(1), rows.getLong(2)));
            }
        }
        return committed;
    }

    @Test
    void goesOnWithThePlanOfWhichOnlyOnePartStoredSomething() {
        create(2_000);
        FakeOffsets offsets = new FakeOffsets();
        Map<String, String> settings = connectorSettings("incrementing", "batch.max.rows", "50");
        List<Map<String, String>> first = tasks(settings, offsets, 4);
        postgres.execute("insert into big (v) select 1 from generate_series(1, 700)");
        List<Map<String, String>> other = tasks(settings, offsets, 4);
        assertThat(other.get(0).get("task.load.plans"))
                .as("nothing is stored, so that the plan is a new one")
                .isNotEqualTo(first.get(0).get("task.load.plans"));
        Map<Version, Integer> seen = new HashMap<>();
        Random random = new Random(1);
        read(first.get(2), offsets, seen, 2, random);
        assertThat(offsets.all()).hasSize(1);
        // Tasks that were set up before that follow the stored plan, and so does whoever comes later with fewer tasks.
        read(other.get(1), offsets, seen, 3, random);
        List<Map<String, String>> later = tasks(settings, offsets, 1);
        assertThat(later).hasSize(1);
        String plan = String.valueOf(first.get(0).get("task.load.plans")).split(";", -1)[1];
        assertThat(later.get(0)).containsEntry("task.load.plans", "0/1;" + plan);
        read(later.get(0), offsets, seen, Integer.MAX_VALUE, random);
        assertThat(seen)
                .hasSize(2_700)
                .allSatisfy(
                        (version, count) -> assertThat(count).as("%s", version).isOne());
        assertThat(tasks(settings, offsets, 4).get(0)).doesNotContainKey("task.load.plans");
    }

    /** A rewrite gives all rows new versions, behind the load's horizon: what was read may come again, the rest must come. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table big add column added text default 'new'",
                "alter table big alter column v type bigint",
                "alter table big drop column v",
                "vacuum full big"
            })
    void losesNoRowWhenTheTableIsChangedInTheMiddle(String change) {
        int count = 4_000;
        create(count);
        FakeOffsets offsets = new FakeOffsets();
        Map<String, String> settings = connectorSettings("incrementing", "batch.max.rows", "50");
        Map<Long, Integer> seen = new HashMap<>();
        List<Map<String, String>> parts = tasks(settings, offsets, 4);
        assertThat(parts).hasSize(4);
        CompletableFuture<Void> changing;
        // Two parts hold rows of the table while it is to be changed; the others begin behind the change.
        try (SourceTaskHarness one = start(parts.get(0), offsets);
                SourceTaskHarness two = start(parts.get(1), offsets)) {
            take(one, 300, seen);
            take(two, 100, seen);
            changing =
                    CompletableFuture.runAsync(() -> postgres.execute(change), work -> new Thread(work, "ddl").start());
            Waiting.until("the change waits or is done", () -> changing.isDone() || isWaiting());
            take(one, 300, seen);
        }
        assertThat(changing).succeedsWithin(PATIENCE);
        postgres.execute("insert into big default values");
        for (int runs = 0; runs < 20 && seen.size() < count + 1; runs++) {
            for (Map<String, String> task : tasks(settings, offsets, 4)) {
                try (SourceTaskHarness reading = start(task, offsets)) {
                    take(reading, Integer.MAX_VALUE, seen);
                }
            }
        }
        assertThat(seen).as("ids that came").hasSize(count + 1);
    }

    /** Reads about so many rows, or until no more come, and stores how far. */
    private static void take(SourceTaskHarness task, int count, Map<Long, Integer> seen) {
        int taken = 0;
        List<SourceRecord> batch = List.of();
        do {
            batch = task.poll();
            task.commit(batch);
            batch.forEach(record -> seen.merge(RowValues.number(record, "id"), 1, Integer::sum));
            taken += batch.size();
        } while (taken < count && !batch.isEmpty());
    }

    private static boolean isWaiting() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1 from pg_locks where not granted")) {
            return row.next();
        }
    }

    @Test
    void leavesSmallTablesAndOtherModesWhole() {
        create(2_000);
        FakeOffsets offsets = new FakeOffsets();
        assertThat(tasks(connectorSettings("incrementing"), offsets, 4)).hasSize(4);
        assertThat(tasks(connectorSettings("incrementing"), offsets, 1)).hasSize(1);
        assertThat(tasks(connectorSettings("incrementing", "first.load.split.rows.min", "2500"), offsets, 4))
                .hasSize(1);
        assertThat(tasks(connectorSettings("incrementing", "safe.mode", "false"), offsets, 4))
                .hasSize(1);
        assertThat(tasks(connectorSettings("incrementing", "incrementing.initial", "7"), offsets, 4))
                .hasSize(1);
        assertThat(tasks(connectorSettings("bulk"), offsets, 4))
                .singleElement()
                .satisfies(task -> assertThat(task).doesNotContainKey("task.load.plans"));
    }

    @Test
    void tellsTheProgressOfEachPart() {
        create(100_000);
        FakeOffsets offsets = new FakeOffsets();
        List<Map<String, String>> tasks = tasks(connectorSettings("timestamp"), offsets, 4);
        try (SourceTaskHarness task = start(tasks.get(1), offsets)) {
            // The end of a part is a place without a record.
            for (int i = 0; i < 1_000 && task.context().advances().isEmpty(); i++) {
                task.commit(task.poll());
            }
            List<Progress> reports = task.context().progressReports();
            assertThat(reports.get(0).what()).endsWith("public.big, part 2 of 4");
            assertThat(reports.get(0).done()).isEqualTo(10_000);
            assertThat(reports.get(0).total()).hasValue(25_000);
            Progress last = reports.get(reports.size() - 1);
            assertThat(last.total()).as("rows at the end").hasValue(last.done());
        }
    }
}
