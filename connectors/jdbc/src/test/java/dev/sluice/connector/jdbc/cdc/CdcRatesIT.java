package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the stream and the snapshot, on a server of the same machine: rows of 8 columns. Run alone:
 * {@code mvn verify -pl connectors/jdbc -am -Dit.test=CdcRatesIT -Dtest=none -Dsluice.rates=true}.
 */
@EnabledIfSystemProperty(named = "sluice.rates", matches = "true")
final class CdcRatesIT {
    private static final int RATE = 20_000;
    private static final int SECONDS = 20;
    private static final int PER_TRANSACTION = 100;
    private static final int BACKLOG = 1_000_000;
    private static final String COLUMNS =
            "i, 'name ' || i, i * 7, i / 3.0, now(), i % 2 = 0, i::numeric(12, 2), md5(i::text)";

    private CdcServer postgres;

    @BeforeEach
    void create() {
        postgres = new CdcServer();
        postgres.execute("create table t (id bigint primary key, a text, b bigint, c float8, d timestamptz, e bool,"
                + " f numeric(12, 2), g text)");
    }

    @AfterEach
    void drop() throws SQLException {
        postgres.close();
    }

    @Test
    void sustainsTheRateWithShortDelays() throws Exception {
        int total = RATE * SECONDS;
        long[] delays = new long[total];
        try (SourceTaskHarness task = postgres.stream()) {
            Thread writer = new Thread(this::writeSteadily, "writer");
            long cpuBefore = cpuNanos();
            writer.start();
            int count = 0;
            while (count < total) {
                List<SourceRecord> records = task.poll();
                long now = System.currentTimeMillis();
                for (SourceRecord record : records) {
                    Long at = record.timestampMillis();
                    delays[count++] = at == null ? 0 : now - at;
                }
                task.commit(records);
            }
            long cpu = cpuNanos() - cpuBefore;
            writer.join();
            Arrays.sort(delays);
            System.out.printf(
                    "stream at %d changes/s for %d s: delay p50 %d ms, p99 %d ms, longest %d ms; %.0f changes per CPU second%n",
                    RATE, SECONDS, delays[total / 2], delays[total * 99 / 100], delays[total - 1], total * 1e9 / cpu);
        }
        assertThat(delays[total * 99 / 100]).as("p99 in ms").isLessThan(250);
    }

    /** One transaction each 5 ms, so that the rate holds. */
    private void writeSteadily() {
        long interval = Duration.ofSeconds(1).toNanos() * PER_TRANSACTION / RATE;
        try (Connection connection = postgres.postgres().connect();
                Statement statement = connection.createStatement()) {
            // The server sends only what is written out; embedded ones answer before.
            boolean hasRows = statement.execute("set synchronous_commit = on");
            assert !hasRows;
            long due = System.nanoTime();
            for (int first = 0; first < RATE * SECONDS; first += PER_TRANSACTION) {
                int count = statement.executeUpdate("insert into t select " + COLUMNS + " from generate_series(" + first
                        + ", " + (first + PER_TRANSACTION - 1) + ") i");
                assert count == PER_TRANSACTION;
                due += interval;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void catchesUp() throws Exception {
        try (SourceTaskHarness task = postgres.stream()) {
            assertThat(task.poll()).isEmpty();
        }
        postgres.execute("insert into t select " + COLUMNS + " from generate_series(1, " + BACKLOG + ") i");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext(), "snapshot.mode", "never")) {
            measure("backlog of one transaction", task);
        }
    }

    @Test
    void readsASnapshot() throws Exception {
        postgres.execute("insert into t select " + COLUMNS + " from generate_series(1, " + BACKLOG + ") i");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            measure("snapshot", task);
        }
    }

    private static void measure(String what, SourceTaskHarness task) {
        long cpuBefore = cpuNanos();
        long begin = System.nanoTime();
        int count = 0;
        while (count < BACKLOG) {
            count += task.poll().size();
        }
        long wall = System.nanoTime() - begin;
        System.out.printf(
                "%s: %.0f rows/s, %.0f rows per CPU second%n",
                what, BACKLOG * 1e9 / wall, BACKLOG * 1e9 / (cpuNanos() - cpuBefore));
    }

    /** The processor time of this process: task, reader, and what the virtual machine does for them. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
