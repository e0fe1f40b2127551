package dev.sluice.connector.jdbc.sink;

import static dev.sluice.connector.jdbc.sink.SinkFixture.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.server.KillablePostgres;
import dev.sluice.testkit.server.TestingPostgres;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are locked or guarded, and servers of which one is gone. */
final class SinkFaultsIT {
    private static final StructSchema ORDER = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("note", Schema.STRING)
            .build();
    private static final String TABLE = "create table orders (id bigint primary key, note text)";

    @TempDir
    private Path folder;

    private TestingPostgres postgres;
    private SinkFixture sink;

    @BeforeEach
    void create() {
        postgres = TestingPostgres.create();
        sink = new SinkFixture(
                postgres::connect,
                Map.of(
                        "connection.url", postgres.jdbcUrl(),
                        "connection.user", postgres.user(),
                        "connection.password", postgres.password(),
                        "connection.attempts", "1"));
        sink.execute(TABLE);
    }

    @AfterEach
    void drop() {
        postgres.close();
    }

    /** Records whose ids begin with the first. */
    private List<SinkRecord> records(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(id -> sink.record(struct(ORDER, id, "note")))
                .toList();
    }

    @Test
    void writesManyRowsWhereRowLevelSecurityForbidsCopy() {
        sink.execute("alter table orders enable row level security;"
                + " create policy small on orders using (true) with check (id < 10000);"
                + " drop role if exists bound; create role bound login password 'b';"
                + " grant select, insert, update on orders to bound");
        FakeErrantRecords errant = sink.context().tolerateErrors(5);
        try (SinkTaskHarness task = sink.start("connection.user", "bound", "connection.password", "b")) {
            task.put(records(0, 1_000));
            task.put(records(1_000, 1));
            task.put(records(1_001, 1_000));
            assertThatThrownBy(() -> task.put(records(9_990, 20)))
                    .as("rows that the policy refuses")
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("row-level security policy");
        }
        assertThat(errant.reports()).isEmpty();
        assertThat(sink.query("select count(*), max(id) from orders")).containsExactly("2001|2000");
        sink.execute("drop owned by bound; drop role bound");
    }

    @Test
    void triesAgainAsOftenAsSaidAndThenFails() throws SQLException {
        try (Connection other = postgres.connect();
                Statement statement = other.createStatement();
                SinkTaskHarness task = sink.start(
                        "max.retries", "2", "retry.backoff.ms", "70", "connection.options", "-c lock_timeout=50ms")) {
            other.setAutoCommit(false);
            assertThat(statement.execute("lock table orders in access exclusive mode"))
                    .isFalse();
            List<SinkRecord> batch = records(1, 1);
            for (int retry = 0; retry < 2; retry++) {
                assertThatThrownBy(() -> task.put(batch))
                        .isInstanceOfSatisfying(
                                RetriableException.class,
                                again -> assertThat(again.retryAfter()).hasValue(Duration.ofMillis(70)))
                        .hasMessageContaining("lock timeout");
            }
            assertThatThrownBy(() -> task.put(batch))
                    .isInstanceOf(ConnectorException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageStartingWith("Cannot write to table ")
                    .hasMessageEndingWith("It was tried again max.retries times (2).");
            other.rollback();
            task.put(batch);
        }
        assertThat(sink.query("select id from orders")).containsExactly("1");
    }

    /** The driver takes several hosts; the second is another server here, so that it shows who got which rows. */
    @Test
    void goesOnWithTheNextServerOfTheAddressWhenTheFirstIsGone() {
        sink.execute("insert into orders values (0, 'was here')");
        try (KillablePostgres first = KillablePostgres.start(folder)) {
            String both = "jdbc:postgresql://localhost:" + first.port() + ","
                    + postgres.jdbcUrl().substring("jdbc:postgresql://".length());
            first.execute("create database " + postgres.database());
            SinkFixture there = new SinkFixture(() -> connect(first, postgres.database()), Map.of());
            there.execute(TABLE);
            try (SinkTaskHarness task = sink.start("connection.url", both, "connection.timeout.ms", "2000")) {
                task.put(records(1, 100));
                assertThat(there.query("select count(*) from orders")).containsExactly("100");
                assertThat(sink.query("select count(*) from orders")).containsExactly("1");
                first.kill();
                task.putRetrying(records(101, 100));
            }
        }
        assertThat(sink.query("select count(*), max(id) from orders")).containsExactly("101|200");
    }

    private static Connection connect(KillablePostgres server, String database) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl().replaceFirst("/[^/]*$", "/" + database), server.user(), server.password());
    }
}
