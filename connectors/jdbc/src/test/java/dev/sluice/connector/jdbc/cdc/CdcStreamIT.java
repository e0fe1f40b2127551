package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream and the snapshot before it, on a real server that stays up. */
class CdcStreamIT {
    private CdcServer postgres;

    @BeforeEach
    void create() {
        postgres = new CdcServer();
        postgres.execute("create table t (id bigint primary key, v text)");
    }

    @AfterEach
    void drop() throws SQLException {
        postgres.close();
    }

    @Test
    void readsWhatIsThereAndThenWhatChanges() throws Exception {
        postgres.execute("insert into t values (1, 'one'), (2, 'two')");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            List<SourceRecord> first = task.read(2);
            assertThat(first)
                    .extracting(record -> Replay.header(record, "__snapshot"))
                    .containsExactly("first", "last");
            task.read(0);
            postgres.execute("insert into t values (3, 'three'); update t set v = 'zwei' where id = 2;"
                    + " delete from t where id = 1");
            List<SourceRecord> changes = task.read(3);
            assertThat(changes)
                    .extracting(record -> Replay.header(record, "__op"))
                    .containsExactly("c", "u", "d");
            assertThat(Replay.value(changes.get(1)).get("v")).isEqualTo("zwei");
            assertThat(changes.get(2).value().isNull()).isTrue();
            assertThat(Replay.key(changes.get(2)).get("id")).isEqualTo(1L);
        }
    }

    @Test
    void missesNothingBetweenSnapshotAndStreamAndGivesNothingTwice() throws Exception {
        postgres.execute("insert into t select i, 'v' || i from generate_series(1, 5000) i");
        Replay replay = new Replay();
        Thread writer = new Thread(() -> IntStream.range(0, 300)
                .forEach(i -> postgres.execute("insert into t values (" + (10_000 + i) + ", 'new'); update t set v = v"
                        + " || '+' where id = " + (1 + i * 7) + "; delete from t where id = " + (3 + i * 11))));
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context, "max.batch.size", "100")) {
            replay.take(task.read(100));
            writer.start();
            while (writer.isAlive()) {
                replay.take(task.poll());
            }
            postgres.execute("insert into t values (0, 'end')");
            Waiting.until("the last row came", () -> {
                replay.take(task.poll());
                return replay.rows().containsKey("0");
            });
        }
        writer.join();
        try (Connection connection = postgres.postgres().connect()) {
            replay.assertEquals(connection, "t");
        }
        assertThat(replay.positions()).doesNotHaveDuplicates();
    }

    @Test
    void resumesBehindEveryRecord() throws Exception {
        postgres.execute("insert into t values (1, 'a'), (2, 'b'), (3, 'c')");
        List<SourceRecord> all = new ArrayList<>();
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context)) {
            all.addAll(task.read(3));
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !context.advances().isEmpty());
            postgres.execute("insert into t values (4, 'd'), (5, 'e'); update t set id = 6 where id = 4");
            postgres.execute("insert into t values (7, 'f')");
            all.addAll(task.read(5));
        }
        for (int done = 4; done < all.size(); done++) {
            FakeSourceTaskContext restarted = new FakeSourceTaskContext();
            restarted.offsets().store(all.get(done - 1).position());
            try (SourceTaskHarness task = postgres.start(restarted)) {
                List<SourceRecord> rest = task.read(all.size() - done);
                rest.addAll(task.readRest());
                assertThat(rest)
                        .as("after %s", all.get(done - 1).position())
                        .extracting(record -> record.value() + " " + record.position())
                        .containsExactlyElementsOf(all.subList(done, all.size()).stream()
                                .map(record -> record.value() + " " + record.position())
                                .toList());
            }
        }
    }

    @Test
    void goesOnBehindTheLastKeyOfASnapshotAndThenGivesAllThatChangedSince() throws Exception {
        postgres.execute("insert into t values (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        Replay replay = new Replay();
        try (SourceTaskHarness task = postgres.start(context)) {
            List<SourceRecord> begun = task.read(4).subList(0, 2);
            replay.take(begun);
            task.commit(begun);
        }
        postgres.execute("delete from t where id in (1, 4); update t set v = 'B' where id = 2");
        try (SourceTaskHarness task = postgres.start(context.restarted())) {
            List<SourceRecord> rest = task.read(4);
            assertThat(rest).extracting(record -> Replay.header(record, "__op")).containsExactly("r", "d", "d", "u");
            replay.take(rest);
            assertThat(task.readRest()).isEmpty();
        }
        try (Connection connection = postgres.postgres().connect()) {
            replay.assertEquals(connection, "t");
        }
    }

    @Test
    void readsTablesAloneIfAskedWithoutASlot() throws Exception {
        postgres.execute("insert into t values (1, 'a')");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context, "snapshot.mode", "initial_only")) {
            assertThat(task.read(1)).hasSize(1);
            assertThat(task.readRest()).isEmpty();
            assertThat(postgres.confirmed()).isEmpty();
        }
        try (SourceTaskHarness task = postgres.start(context.restarted(), "snapshot.mode", "initial_only")) {
            assertThat(task.readRest()).as("read once").isEmpty();
        }
    }

    @Test
    void missesNothingBetweenTwoRunsOfWhichTheFirstSawNothing() throws Exception {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context, "snapshot.mode", "never")) {
            assertThat(task.poll()).isEmpty();
        }
        postgres.execute("insert into t values (1, 'a')");
        try (SourceTaskHarness task = postgres.start(context.restarted(), "snapshot.mode", "never")) {
            assertThat(task.read(1)).hasSize(1);
        }
    }

    @Test
    void keepsTheOrderOfCommitsOfManyWriters() throws Exception {
        postgres.execute("insert into t select i, '' from generate_series(0, 19) i");
        Replay replay = new Replay();
        List<Thread> writers = IntStream.range(0, 6)
                .mapToObj(writer -> new Thread(() -> writeAtRandom(writer)))
                .toList();
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext(), "max.batch.size", "37")) {
            writers.forEach(Thread::start);
            while (writers.stream().anyMatch(Thread::isAlive)) {
                replay.take(task.poll());
            }
            postgres.execute("insert into t values (-1, 'end')");
            Waiting.until("the last row came", () -> {
                replay.take(task.poll());
                return replay.rows().containsKey("-1");
            });
        }
        try (Connection connection = postgres.postgres().connect()) {
            replay.assertEquals(connection, "t");
        }
        assertThat(replay.positions()).doesNotHaveDuplicates();
    }

    /** Transactions that overlap, of which some are rolled back in part or in full. */
    private void writeAtRandom(int writer) {
        Random random = new Random(writer);
        try (Connection connection = postgres.postgres().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 150; i++) {
                int row = random.nextInt(20);
                int changed = statement.executeUpdate("update t set v = '" + writer + "." + i + "' where id = " + row);
                Savepoint part = connection.setSavepoint();
                changed += statement.executeUpdate("insert into t values (" + (1_000 + 100 * i + writer) + ", 'part')"
                        + " on conflict (id) do update set v = 'again'");
                if (random.nextInt(3) == 0) {
                    connection.rollback(part);
                }
                assertThat(changed).isEqualTo(2);
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void tellsTheServerOnlyWhatIsStored() throws Exception {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context)) {
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !postgres.confirmed().isEmpty());
            String before = postgres.confirmed();
            postgres.execute("insert into t select i, 'x' from generate_series(1, 100) i");
            List<SourceRecord> records = task.read(100);
            // Several statuses go out meanwhile.
            Waiting.pause(Duration.ofMillis(700));
            assertThat(postgres.confirmed()).isEqualTo(before);
            task.commit(records);
            Waiting.until("the slot moved on", () -> !postgres.confirmed().equals(before));
        }
    }
}
