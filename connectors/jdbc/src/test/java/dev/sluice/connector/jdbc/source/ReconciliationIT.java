package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are gone from a table of PostgreSQL become tombstones, whatever is killed when. */
final class ReconciliationIT extends PostgresCase {
    private static final String[] BY_TIME = {
        "mode", "timestamp", "timestamp.column.name", "at", "reconcile.interval.ms", "30", "batch.max.rows", "7"
    };
    private static final String[] BY_ID = {
        "mode", "incrementing", "incrementing.column.name", "id", "reconcile.interval.ms", "30"
    };

    private final ReadTopic topic = new ReadTopic();

    private void createTable(int rows) {
        postgres.execute("create table t (id int, name text, v bigint not null,"
                + " at timestamptz not null default clock_timestamp(), primary key (id, name))");
        postgres.execute("insert into t select i, 'o''\\' || i, i from generate_series(1, " + rows + ") i");
    }

    private Map<String, Object> table(String key) {
        Map<String, Object> rows = new TreeMap<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + key + ", v from t")) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
            return rows;
        } catch (SQLException failed) {
            throw new AssertionError("cannot read the table", failed);
        }
    }

    private void pollUntilSame(SourceTaskHarness task, String key) {
        Waiting.until("the topic equals the table", () -> {
            topic.poll(task);
            return topic.compacted("v").equals(table(key));
        });
    }

    @Test
    void tellsOnceOfEachRowThatIsGone() {
        createTable(100);
        try (SourceTaskHarness task = start("public.t", BY_TIME)) {
            pollUntilSame(task, "id || '|' || name");
            postgres.execute(
                    "delete from t where id % 10 = 3; update t set v = -v, at = clock_timestamp() where id = 4");
            pollUntilSame(task, "id || '|' || name");
            assertThat(topic.tombstones())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10)
                            .mapToObj(i -> (10 * i + 3) + "|o'\\" + (10 * i + 3))
                            .toList());
            postgres.execute("insert into t values (3, 'o''\\3', 33), (200, 'new', 200)");
            pollUntilSame(task, "id || '|' || name");
            postgres.execute("delete from t");
            pollUntilSame(task, "id || '|' || name");
            assertThat(topic.tombstones()).hasSize(102);
        }
    }

    @Test
    void tellsAtTheStartOfRowsThatWentWhileNobodyRead() {
        createTable(50);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] daily = {"mode", "timestamp", "timestamp.column.name", "at", "reconcile.interval.ms", "86400000"};
        try (SourceTaskHarness task = start(context, "public.t", daily)) {
            pollUntilSame(task, "id || '|' || name");
        }
        postgres.execute("delete from t where id = 5");
        try (SourceTaskHarness task = start(context.restarted(), "public.t", daily)) {
            pollUntilSame(task, "id || '|' || name");
        }
        assertThat(topic.tombstones()).containsExactly("5|o'\\5");
    }

    /** What was delivered before reconciliation was switched on, or while it was off, is found in the table. */
    @Test
    void knowsRowsThatWereDeliveredWithoutIt() {
        createTable(50);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] without = {"mode", "timestamp", "timestamp.column.name", "at"};
        try (SourceTaskHarness task = start(context, "public.t", without)) {
            pollUntilSame(task, "id || '|' || name");
        }
        try (SourceTaskHarness task = start(context.restarted(), "public.t", BY_TIME)) {
            Waiting.until("the keys are known", () -> {
                topic.poll(task);
                return context.offsets().all().size() > 1;
            });
            postgres.execute("delete from t where id = 7");
            pollUntilSame(task, "id || '|' || name");
        }
        assertThat(topic.tombstones()).containsExactly("7|o'\\7");
    }

    /**
     * The record of a row is in the log, the worker is killed before its position is stored, and the row is gone before the
     * restart, which never sees it.
     */
    @Test
    void tellsOfRowsWhoseRecordsWereNotConfirmed() {
        createTable(20);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = start(context, "public.t", BY_TIME)) {
            Waiting.until(
                    "some records are in the log",
                    () -> !topic.pollUnstored(task).isEmpty());
        }
        postgres.execute("delete from t where id <= 3");
        try (SourceTaskHarness task = start(context.restarted(), "public.t", BY_TIME)) {
            pollUntilSame(task, "id || '|' || name");
        }
        assertThat(topic.tombstones()).containsExactlyInAnyOrder("1|o'\\1", "2|o'\\2", "3|o'\\3");
    }

    /** Kills between any two polls, before and after positions are stored, while rows come, change, go and come back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsWithTheTableWhateverIsKilledWhen(boolean isStoredWithRecords) {
        createTable(200);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        long deletedCount = 0;
        for (int run = 0; run < 12; run++) {
            context = context.restarted();
            try (SourceTaskHarness task = start(context, "public.t", BY_TIME)) {
                int polls = random.nextInt(16);
                for (int i = 0; i < polls; i++) {
                    topic.poll(task);
                    deletedCount += change(random);
                }
                if (!isStoredWithRecords) {
                    topic.pollUnstored(task);
                }
            }
            deletedCount += change(random);
        }
        try (SourceTaskHarness task = start(context.restarted(), "public.t", BY_TIME)) {
            pollUntilSame(task, "id || '|' || name");
            assertThat(topic.compacted("v")).as("seed %s", seed).isEqualTo(table("id || '|' || name"));
        }
        if (isStoredWithRecords) {
            assertThat((long) topic.tombstones().size()).as("seed %s", seed).isLessThanOrEqualTo(deletedCount);
        }
    }

    private int change(Random random) {
        int from = random.nextInt(240);
        String rows = "id between " + from + " and " + (from + random.nextInt(12));
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            if (random.nextInt(3) == 0) {
                return statement.executeUpdate("delete from t where " + rows);
            }
            int changed = statement.executeUpdate("insert into t select id, 'o''\\' || id, " + random.nextInt()
                    + " from generate_series(1, 250) id where " + rows
                    + " on conflict (id, name) do update set v = excluded.v, at = clock_timestamp()");
            assertThat(changed).isNotNegative();
            return 0;
        } catch (SQLException failed) {
            throw new AssertionError("cannot change the table", failed);
        }
    }

    @Test
    void keepsManyNumbersInAFewOffsetsOfModestSize() {
        postgres.execute("create table t (id bigint primary key, v bigint); insert into t select i * 7, i from"
                + " generate_series(1, 100000) i");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] settings = {
            "mode",
            "incrementing",
            "incrementing.column.name",
            "id",
            "reconcile.interval.ms",
            "3600000",
            "batch.max.rows",
            "5000"
        };
        try (SourceTaskHarness task = start(context, "public.t", settings)) {
            Waiting.until("all is read", () -> {
                topic.poll(task);
                return topic.size() == 100_000;
            });
        }
        postgres.execute("delete from t where id % 2 = 0");
        try (SourceTaskHarness task = start(context.restarted(), "public.t", settings)) {
            Waiting.until("all that is gone is told", () -> {
                topic.poll(task);
                return topic.tombstoneCount() == 50_000;
            });
            topic.poll(task);
        }
        assertThat(topic.compacted("v")).hasSize(50_000);
        Collection<Map<String, Object>> offsets = new HashMap<>(
                        context.offsets().all())
                .values().stream()
                        .filter(offset -> offset.get("keys") instanceof String)
                        .toList();
        assertThat(offsets).hasSizeLessThan(6);
        assertThat(offsets)
                .allSatisfy(
                        offset -> assertThat(String.valueOf(offset.get("keys"))).hasSizeLessThan(400_000));
    }

    @Test
    void partsOfALoadRememberWhatTheyDelivered() {
        postgres.execute("create table t (id bigint primary key, v bigint); insert into t select i, i from"
                + " generate_series(1, 100) i");
        LoadPlan plan = new LoadPlan(Integer.MAX_VALUE, null, List.of(50L, 100L));
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        Map<String, String> loading = settings("", BY_ID);
        for (int part = 0; part < 2; part++) {
            Map<String, String> settings = new HashMap<>(loading);
            new LoadShare(Map.of(TableId.parse("public.t"), plan), part, 2).putInto(settings);
            int size = 50 * (part + 1);
            try (SourceTaskHarness task =
                    SourceTaskHarness.start(new JdbcSourceConnector(), settings, context, Duration.ofSeconds(20))) {
                Waiting.until("the part is read", () -> {
                    topic.poll(task);
                    return topic.size() == size
                            && context.offsets().all().values().stream()
                                            .filter(LoadPlan::isDone)
                                            .count()
                                    > (size - 1) / 50;
                });
            }
        }
        postgres.execute("delete from t where id in (10, 60)");
        Map<String, String> streaming = new HashMap<>(settings("public.t", BY_ID));
        new LoadShare(Map.of(TableId.parse("public.t"), plan), 0, 1).putInto(streaming);
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new JdbcSourceConnector(), streaming, context.restarted(), Duration.ofSeconds(20))) {
            pollUntilSame(task, "id");
        }
        assertThat(topic.tombstones()).containsExactlyInAnyOrder("10", "60");
    }

    /** A widened number is the same key; one that became another type is forgotten rather than told to be gone. */
    @Test
    void tellsNothingWhenTheKeysTypeChanges() {
        postgres.execute("create table t (id int primary key, v bigint); insert into t values (1, 1), (2, 2)");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = start(context, "public.t", BY_ID)) {
            pollUntilSame(task, "id");
            postgres.execute("alter table t alter column id type bigint; delete from t where id = 2");
            pollUntilSame(task, "id");
            assertThat(topic.tombstones()).containsExactly("2");
        }
        postgres.execute(
                "alter table t add column n bigserial; alter sequence t_n_seq restart with 100; alter table t alter column id type text");
        String[] byN = {"mode", "incrementing", "incrementing.column.name", "n", "reconcile.interval.ms", "30"};
        try (SourceTaskHarness task = start(context.restarted(), "public.t", byN)) {
            pollUntilSame(task, "id");
            postgres.execute("insert into t values ('x', 5)");
            pollUntilSame(task, "id");
            postgres.execute("delete from t where id = 'x'");
            pollUntilSame(task, "id");
        }
        assertThat(topic.tombstones()).containsExactly("2", "x");
    }

    @Test
    void saysWhyKeysCannotBeCompared() {
        postgres.execute("create table t (a int); create table d (day date primary key)");
        try (SourceTaskHarness task = start("public.t", "reconcile.interval.ms", "30")) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage(
                            "Cannot reconcile deleted rows of table public.t: its records have no key, because it has"
                                    + " no primary key. Name the columns of a key by key.columns, or leave the table out.");
        }
        try (SourceTaskHarness task = start("public.d", "reconcile.interval.ms", "30")) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage("Cannot reconcile deleted rows of table public.d: column day of its key holds DATE,"
                            + " expected whole numbers, decimals, texts or bytes. Choose other columns by key.columns, or"
                            + " leave the table out.");
        }
    }
}
