package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.KillablePostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that dies and comes back, and tasks that end anywhere: nothing is lost, and the replayed table is the table. */
class CdcKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private KillablePostgres postgres;

    @BeforeEach
    void start() {
        postgres = KillablePostgres.start(folder.resolve("data"));
        postgres.execute("create table t (id bigint primary key, v text)");
    }

    @AfterEach
    void end() {
        postgres.close();
    }

    private SourceTaskHarness task(FakeSourceTaskContext context, int batch) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connection.url", postgres.jdbcUrl());
        settings.put("connection.user", postgres.user());
        settings.put("connection.password", postgres.password());
        settings.put("slot.name", "killed");
        settings.put("max.batch.size", Integer.toString(batch));
        settings.put("status.update.interval.ms", "100");
        settings.put("heartbeat.interval.ms", "100");
        settings.put("connection.backoff.ms", "100");
        settings.put("connection.timeout.ms", "3000");
        return SourceTaskHarness.start(new CdcOnly(), settings, context, PATIENCE);
    }

    private static List<SourceRecord> poll(SourceTaskHarness task) {
        try {
            return task.poll();
        } catch (RetriableException again) {
            Waiting.pause(Duration.ofMillis(50));
            return List.of();
        }
    }

    private static void readUntil(SourceTaskHarness task, Replay replay, String key) {
        Waiting.until("row " + key + " came", PATIENCE, () -> {
            List<SourceRecord> records = poll(task);
            replay.take(records);
            task.commit(records);
            return replay.rows().containsKey(key);
        });
    }

    private void assertReplayed(Replay replay) throws Exception {
        try (Connection connection = postgres.connect()) {
            replay.assertEquals(connection, "t");
        }
    }

    @Test
    void survivesAServerThatDiesWhileItStreams() throws Exception {
        Replay replay = new Replay();
        AtomicBoolean writes = new AtomicBoolean(true);
        Thread writer = new Thread(() -> write(writes));
        try (SourceTaskHarness task = task(new FakeSourceTaskContext(), 50)) {
            postgres.execute("insert into t values (-1, 'begin')");
            readUntil(task, replay, "-1");
            writer.start();
            for (int kill = 0; kill < 3; kill++) {
                int before = replay.positions().size();
                Waiting.until("changes came", PATIENCE, () -> {
                    List<SourceRecord> records = poll(task);
                    replay.take(records);
                    task.commit(records);
                    return replay.positions().size() > before + 200;
                });
                postgres.kill();
                postgres.restart();
            }
            writes.set(false);
            writer.join();
            postgres.execute("insert into t values (-2, 'end')");
            readUntil(task, replay, "-2");
        }
        assertReplayed(replay);
        assertThat(replay.positions()).as("each change once").doesNotHaveDuplicates();
    }

    /** Writes until told to end, whatever happens to the server. */
    private void write(AtomicBoolean goesOn) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; goesOn.get(); i++) {
            try {
                postgres.execute("begin; insert into t values (" + i + ", 'v" + i + "') on conflict do nothing;"
                        + " update t set v = v || 'x' where id = " + random.nextInt(i + 1)
                        + "; delete from t where id = " + random.nextInt(i + 1) + "; commit");
            } catch (IllegalStateException down) {
                Waiting.pause(Duration.ofMillis(20));
            }
        }
    }

    @Test
    void survivesAServerThatDiesDuringTheSnapshotAndAtItsEnd() throws Exception {
        postgres.execute("insert into t select i, 'v' || i from generate_series(1, 3000) i");
        Replay replay = new Replay();
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = task(context, 100)) {
            Waiting.until("a third is read", PATIENCE, () -> {
                List<SourceRecord> records = poll(task);
                replay.take(records);
                task.commit(records);
                return replay.rows().size() > 1_000;
            });
            postgres.kill();
            postgres.restart();
            postgres.execute("delete from t where id < 500; update t set v = 'new' where id between 500 and 600;"
                    + " insert into t values (5000, 'more')");
            Waiting.until("the snapshot is handed out", PATIENCE, () -> {
                List<SourceRecord> records = poll(task);
                replay.take(records);
                task.commit(records);
                return records.stream()
                        .anyMatch(record -> Replay.header(record, "__snapshot").equals("last"));
            });
            postgres.kill();
            postgres.restart();
            postgres.execute("insert into t values (-1, 'behind the boundary')");
            readUntil(task, replay, "-1");
        }
        assertReplayed(replay);
    }

    @Test
    void noticesAServerThatSaysNothingAnyMore() throws Exception {
        Replay replay = new Replay();
        try (SourceTaskHarness task = task(new FakeSourceTaskContext(), 100)) {
            postgres.execute("insert into t values (1, 'before')");
            readUntil(task, replay, "1");
            signal("-STOP");
            try {
                assertThatThrownBy(() -> Waiting.until("the silence is noticed", PATIENCE, () -> {
                            replay.take(task.poll());
                            return false;
                        }))
                        .isInstanceOf(RetriableException.class)
                        .hasMessageStartingWith("Cannot capture changes of ");
            } finally {
                signal("-CONT");
            }
            postgres.execute("insert into t values (2, 'behind')");
            readUntil(task, replay, "2");
        }
        assertThat(replay.positions()).doesNotHaveDuplicates();
    }

    /** Stops all processes of the server, as if its host were gone, or lets them go on. */
    private void signal(String signal) throws Exception {
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                .get(0)
                .strip());
        ProcessHandle main = ProcessHandle.of(pid).orElseThrow();
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(pid)));
        main.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void losesNothingWhereverTasksEnd() throws Exception {
        postgres.execute("insert into t select i, 'v' || i from generate_series(1, 500) i");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Replay replay = new Replay();
        AtomicBoolean writes = new AtomicBoolean(true);
        Thread writer = new Thread(() -> write(writes));
        writer.start();
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        for (int run = 0; run < 12; run++) {
            try (SourceTaskHarness task = task(context, 1 + random.nextInt(90))) {
                for (int polls = random.nextInt(12); polls >= 0; polls--) {
                    List<SourceRecord> records = poll(task);
                    // What is in the log is a prefix of what was handed out; the rest comes again.
                    List<SourceRecord> kept = records.subList(0, random.nextInt(records.size() + 1));
                    replay.take(kept);
                    task.commit(kept);
                    if (kept.size() < records.size()) {
                        break;
                    }
                }
            }
            context = context.restarted();
        }
        writes.set(false);
        writer.join();
        postgres.execute("insert into t values (-2, 'end')");
        try (SourceTaskHarness task = task(context, 1_000)) {
            readUntil(task, replay, "-2");
        }
        assertThat(seed).as("the seed, for the failure below").isNotZero();
        assertReplayed(replay);
    }
}
