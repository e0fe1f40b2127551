package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused in words, what goes on by itself, and what the slot holds. */
class CdcFaultsIT {
    private CdcServer postgres;

    @BeforeEach
    void create() {
        postgres = new CdcServer();
        postgres.execute("create table t (id int primary key, v text)");
    }

    @AfterEach
    void drop() throws SQLException {
        postgres.close();
    }

    private FakeSourceTaskContext readOne() throws Exception {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context)) {
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !context.advances().isEmpty());
            postgres.execute("insert into t values (1, 'a')");
            task.commit(task.read(1));
        }
        return context.restarted();
    }

    @Test
    void refusesToGoOnWithoutItsSlot() throws Exception {
        FakeSourceTaskContext context = readOne();
        postgres.execute("select pg_drop_replication_slot('" + postgres.slot() + "')");
        postgres.execute("insert into t values (2, 'lost')");
        try (SourceTaskHarness task = postgres.start(context)) {
            assertThatThrownBy(task::poll)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("it does not exist on this server any more, and with it what changed after")
                    .hasMessageContaining("snapshot.mode=when_needed");
        }
        try (SourceTaskHarness task = postgres.start(context, "snapshot.mode", "when_needed")) {
            assertThat(task.read(2))
                    .extracting(record -> Replay.header(record, "__op"))
                    .containsOnly("r");
        }
    }

    @Test
    void refusesToGoOnWhereAnotherConsumerMovedTheSlot() throws Exception {
        FakeSourceTaskContext context = readOne();
        postgres.execute("insert into t values (2, 'b')");
        postgres.execute("select pg_replication_slot_advance('" + postgres.slot() + "', pg_current_wal_lsn())");
        try (SourceTaskHarness task = postgres.start(context)) {
            assertThatThrownBy(task::poll)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("the slot stands at")
                    .hasMessageContaining("what changed between is gone");
        }
    }

    @Test
    void triesAgainWhileAnotherTaskHasTheSlot() throws Exception {
        try (SourceTaskHarness second = postgres.start(new FakeSourceTaskContext(), "snapshot.mode", "never")) {
            try (SourceTaskHarness first = postgres.stream()) {
                assertThatThrownBy(second::poll)
                        .isInstanceOf(RetriableException.class)
                        .hasMessageContaining("is active for PID");
                assertThat(first.poll()).isEmpty();
            }
            postgres.execute("insert into t values (1, 'a')");
            assertThat(second.read(1)).hasSize(1);
        }
    }

    @Test
    void goesOnWhereItWasWhenTheServerEndsTheConnection() throws Exception {
        try (SourceTaskHarness task = postgres.stream()) {
            postgres.execute("insert into t values (1, 'a')");
            assertThat(task.read(1)).hasSize(1);
            postgres.execute("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '"
                    + postgres.slot() + "'");
            postgres.execute("insert into t values (2, 'b')");
            assertThat(task.read(1))
                    .extracting(
                            record -> String.valueOf(record.position().offset().get("index")))
                    .containsExactly("2");
        }
    }

    @Test
    void answersTheServerWhileTheTaskWaitsForThePipeline() throws Exception {
        postgres.execute("alter role postgres set wal_sender_timeout = '1s'");
        try (SourceTaskHarness task = postgres.stream("max.queue.size.in.bytes", "64kb")) {
            String pid = "select active_pid from pg_replication_slots where slot_name = '" + postgres.slot() + "'";
            String before = postgres.text(pid);
            postgres.execute("insert into t select i, repeat('x', 500) from generate_series(1, 20000) i");
            // No poll for several time-outs of the server: the queue is full meanwhile.
            Waiting.pause(Duration.ofMillis(3_500));
            assertThat(postgres.text(pid))
                    .as("the server's process is the same")
                    .isEqualTo(before);
            assertThat(task.read(20_000)).hasSizeGreaterThanOrEqualTo(20_000);
        } finally {
            postgres.execute("alter role postgres reset wal_sender_timeout");
        }
    }

    @Test
    void movesOnOverWhatIsOfNoInterest() throws Exception {
        postgres.execute("create table other (id int)");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context, "tables", "public\\.t", "snapshot.mode", "never")) {
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !context.advances().isEmpty());
            String before = postgres.confirmed();
            postgres.execute("insert into other select i from generate_series(1, 1000) i");
            Waiting.until("the slot moved on", () -> {
                List<SourceRecord> none = task.poll();
                assertThat(none).isEmpty();
                // As the runtime does once the position is stored.
                context.advances()
                        .forEach(position ->
                                task.thread().run("commit", () -> task.task().commit(List.of(position))));
                return !postgres.confirmed().equals(before);
            });
        }
    }

    @Test
    void publishesTheLagOfTheSlot() throws Exception {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = postgres.start(context, "snapshot.mode", "never")) {
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !context.advances().isEmpty());
            postgres.execute("insert into t select i, repeat('x', 1000) from generate_series(1, 100) i");
            assertThat(task.read(100)).hasSize(100);
            Waiting.until("the lag is known", () -> {
                List<SourceRecord> none = task.poll();
                return none.isEmpty()
                        && context.metrics()
                                        .gauge("slot-lag-bytes", Map.of("slot", postgres.slot()))
                                        .orElse(0)
                                > 100_000;
            });
            assertThat(context.progressReports()).last().satisfies(progress -> {
                assertThat(progress.what()).isEqualTo("changes of slot " + postgres.slot());
                assertThat(progress.total()).isPresent();
            });
        }
    }

    /** Invariant 1: the server may forget a change only when its record and the position after it are stored. */
    @Test
    void movesTheSlotOnlyBehindWhatIsStored() throws Exception {
        String place =
                "select confirmed_flush_lsn from pg_replication_slots where slot_name = '" + postgres.slot() + "'";
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task =
                postgres.start(context, "snapshot.mode", "never", "status.update.interval.ms", "100")) {
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !context.advances().isEmpty());
            String before = postgres.text(place);
            postgres.execute("insert into t select i, 'x' from generate_series(1, 100) i");
            List<SourceRecord> records = task.read(100);
            assertThat(task.readRest()).isEmpty(); // Long enough for several messages to the server.
            assertThat(postgres.text(place)).isEqualTo(before);

            task.commit(records);

            Waiting.until("the slot has moved", () -> !postgres.text(place).equals(before));
        }
    }

    @Test
    void saysWhatKeepsANewSlotFromBeginning() throws Exception {
        Config config = new CdcOnly().configSpec().parse(new HashMap<>(postgres.settings()));
        try (Connection open = postgres.postgres().connect();
                Statement statement = open.createStatement();
                Connection replication =
                        Sessions.replication(CdcOnly.scope(config).connection())) {
            open.setAutoCommit(false);
            assertThat(statement.executeUpdate("insert into t values (1, 'open')"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> Slot.create(replication, postgres.slot(), Duration.ofSeconds(1)))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageStartingWith("Cannot create replication slot " + postgres.slot()
                            + ": transactions that were open have not ended within 1 seconds.");
            open.rollback();
        }
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            postgres.execute("insert into t values (1, 'a')");
            assertThat(task.read(1)).hasSize(1);
        }
    }

    @Test
    void dropsItsSlotIfAsked() throws Exception {
        try (SourceTaskHarness task = postgres.stream("slot.drop.on.stop", "true")) {
            assertThat(task.poll()).isEmpty();
            assertThat(postgres.confirmed()).isNotEmpty();
        }
        assertThat(postgres.confirmed()).isEmpty();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        try (SourceTaskHarness task = postgres.stream()) {
            assertThat(task.poll()).isEmpty();
            assertThat(threads()).isEqualTo(1);
        }
        Waiting.until("the thread ended", () -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cdc-"))
                .count();
    }

    private List<ConfigProblem> problems(String... more) {
        Config config = new CdcOnly().configSpec().parse(new HashMap<>(postgres.settings(more)));
        return CdcCheck.problems(CdcConfig.of(config), CdcOnly.scope(config));
    }

    @Test
    void findsNoProblemsWhereThereAreNone() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void saysWhatIsMissingBeforeItStarts() {
        assertThat(problems("publication.autocreate.mode", "disabled"))
                .extracting(ConfigProblem::message)
                .containsExactly("Cannot capture changes: there is no publication sluice. Create it, or set"
                        + " publication.autocreate.mode=filtered.");
        assertThat(problems("tables", "nothing"))
                .extracting(ConfigProblem::message)
                .singleElement()
                .asString()
                .startsWith("The filters let no table through");
        postgres.execute("create user poor_" + postgres.slot() + " password 'secret';"
                + " create publication sluice for table t");
        try {
            assertThat(problems("connection.user", "poor_" + postgres.slot(), "connection.password", "secret"))
                    .extracting(ConfigProblem::message)
                    .containsExactly(
                            "Cannot capture changes as user poor_" + postgres.slot() + ": it may not replicate. Let a"
                                    + " superuser execute ALTER ROLE … REPLICATION for it.",
                            "Cannot read a snapshot of public.t: the user may not. GRANT SELECT on them, or set"
                                    + " snapshot.mode=never.");
            assertThat(problems("connection.user", "poor_" + postgres.slot(), "connection.password", "wrong"))
                    .extracting(ConfigProblem::message)
                    .allSatisfy(message -> assertThat(message).doesNotContain("wrong"));
        } finally {
            postgres.execute("drop user poor_" + postgres.slot());
        }
    }

    @Test
    void refusesASlotOfAnotherPlugin() throws Exception {
        postgres.execute("select pg_create_logical_replication_slot('" + postgres.slot() + "', 'test_decoding')");
        assertThat(problems())
                .extracting(ConfigProblem::message)
                .containsExactly("Cannot use replication slot " + postgres.slot()
                        + ": its output plugin is test_decoding, expected pgoutput. Set another slot.name.");
    }
}
