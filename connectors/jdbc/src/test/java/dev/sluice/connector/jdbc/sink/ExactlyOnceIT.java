package dev.sluice.connector.jdbc.sink;

import static dev.sluice.connector.jdbc.sink.SinkFixture.PARTITION;
import static dev.sluice.connector.jdbc.sink.SinkFixture.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.JdbcSinkConnector;
import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.server.KillablePostgres;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code exactly.once=true} each record is in the table once, whatever fails: tables here have no key that would hide a double. */
final class ExactlyOnceIT {
    private static final StructSchema ORDER = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("note", Schema.STRING)
            .build();

    @TempDir
    private static Path folder;

    private static KillablePostgres postgres;
    private SinkFixture sink;

    @BeforeAll
    static void startServer() {
        postgres = KillablePostgres.start(folder);
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @BeforeEach
    void createTable() {
        sink = new SinkFixture(postgres::connect, settings(postgres.port()));
        sink.execute("drop table if exists orders");
        sink.execute("drop table if exists sluice_offsets");
        sink.execute("create table orders (id bigint, note text)");
    }

    private static Map<String, String> settings(int port) {
        return Map.of(
                "connection.url",
                "jdbc:postgresql://localhost:" + port + "/postgres",
                "connection.user",
                postgres.user(),
                "connection.password",
                postgres.password(),
                "connection.attempts",
                "1",
                "connection.backoff.ms",
                "0",
                "exactly.once",
                "true");
    }

    private List<SinkRecord> records(int count) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SinkRecord placed = sink.record(struct(ORDER, 0L, "x"));
            records.add(placed.withValue(SchemaAndValue.of(
                    ORDER,
                    struct(
                            ORDER,
                            placed.origin().offset(),
                            "note " + placed.origin().offset()))));
        }
        return records;
    }

    private void assertRows(long count) {
        assertThat(sink.query("select count(*), count(distinct id), coalesce(max(id), -1),"
                        + " count(*) filter (where note = 'note ' || id) from orders"))
                .containsExactly(count + "|" + count + "|" + (count - 1) + "|" + count);
    }

    @Test
    void writesABatchThatComesTwiceOnce() {
        try (SinkTaskHarness task = sink.start()) {
            List<SinkRecord> batch = records(20);
            task.put(batch);
            task.put(batch);
            List<SinkRecord> overlapping = new ArrayList<>(batch.subList(15, 20));
            overlapping.addAll(records(5));
            task.put(overlapping);
        }
        assertRows(25);
        assertThat(sink.query("select connector, topic, topic_partition, next_offset, task from sluice_offsets"))
                .containsExactly("testing|orders|0|25|0");
    }

    @Test
    void goesOnWhereTheDatabaseSays() {
        try (SinkTaskHarness task = sink.start()) {
            assertThat(task.context().takeSeeks()).isEmpty();
            task.put(records(20));
        }
        try (SinkTaskHarness task = sink.start(sink.context().restarted())) {
            assertThat(task.context().takeSeeks()).containsExactly(Map.entry(PARTITION, 20L));
            task.put(records(5));
        }
        assertRows(25);
    }

    @Test
    void stopsAFormerRunThatIsStillAlive() {
        FakeSinkTaskContext later = sink.context().restarted();
        try (SinkTaskHarness zombie = sink.start();
                SinkTaskHarness current = sink.start(later)) {
            List<SinkRecord> batch = records(20);
            current.put(batch.subList(0, 10));
            assertThatThrownBy(() -> zombie.put(batch))
                    .isInstanceOf(ConnectorException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessage(
                            "Cannot write partition orders-0: another run of this connector has taken it over in table"
                                    + " sluice_offsets, so that this one must not write any more. Restart this task if it is the"
                                    + " only one.");
            current.put(batch.subList(10, 20));
        }
        assertRows(20);
        assertThatThrownBy(() -> sink.start().close())
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("another run of this connector has taken it over");
    }

    @Test
    void findsOutWhetherATransactionWasCommittedWhoseAnswerWasLost() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(postgres.port())) {
            SinkFixture through = new SinkFixture(postgres::connect, settings(proxy.port()));
            try (SinkTaskHarness task = through.start()) {
                proxy.arm(1);
                List<SinkRecord> batch = records(20);
                assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
                assertThat(proxy.left()).isZero();
                Waiting.until(
                        "the server has committed",
                        () -> sink.query("select count(*) from orders").equals(List.of("20")));
                task.putRetrying(batch);
                task.putRetrying(records(5));
            }
        }
        assertRows(25);
    }

    @Test
    void survivesServersThatAreKilledWhileRowsAreWritten() throws Exception {
        Generated random = new Generated(4711);
        try (SinkTaskHarness task = sink.start()) {
            List<List<SinkRecord>> batches = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                batches.add(records(100));
            }
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> batches.forEach(task::putRetrying));
            for (int kills = 0; kills < 3; kills++) {
                long rows = count() + (200 + random.below(2_800));
                Waiting.until("some rows more, or all", () -> count() >= rows || writing.isDone());
                postgres.kill();
                postgres.restart();
            }
            writing.get(2, TimeUnit.MINUTES);
        }
        assertRows(15_000);
    }

    private long count() {
        return Long.parseLong(sink.query("select count(*) from orders").get(0));
    }

    @Test
    void reportsBadRecordsBeforeTheirOffsetIsStored() {
        sink.execute("alter table orders add check (id <> 7)");
        FakeErrantRecords errant = sink.context().tolerateErrors(5);
        try (SinkTaskHarness task = sink.start()) {
            task.put(records(20));
        }
        assertThat(errant.reports()).hasSize(1);
        assertThat(sink.query("select count(*), (select next_offset from sluice_offsets) from orders"))
                .containsExactly("19|20");
    }

    @Test
    void takesOffsetsThatAUserSets() {
        try (SinkTaskHarness task = sink.start()) {
            task.put(records(20));
        }
        Map<String, String> settings = new HashMap<>(settings(postgres.port()));
        settings.put("name", "testing");
        Map<TopicPartition, @Nullable Long> wanted = new HashMap<>();
        wanted.put(PARTITION, 5L);
        assertThat(new JdbcSinkConnector().alterOffsets(settings, wanted)).isTrue();
        FakeSinkTaskContext next = sink.context().restarted();
        try (SinkTaskHarness task = sink.start(next)) {
            assertThat(task.context().takeSeeks()).containsExactly(Map.entry(PARTITION, 5L));
        }
        wanted.put(PARTITION, null);
        assertThat(new JdbcSinkConnector().alterOffsets(settings, wanted)).isTrue();
        try (SinkTaskHarness task = sink.start(next.restarted())) {
            assertThat(task.context().takeSeeks()).isEmpty();
        }
    }
}
