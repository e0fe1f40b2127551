package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.TestingPostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No row is lost, and none comes twice, when transactions commit in another order than they took numbers and times. */
final class LateCommitsIT {
    private static final int WRITERS = 32;
    private static final int TRANSACTIONS = 25;
    private static final String STAMPED = "late";

    private static TestingPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestingPostgres.create();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void create() {
        postgres.execute("drop table if exists late; create table late (id bigserial primary key,"
                + " at timestamptz not null default now(), writer int not null)");
    }

    private static Map<String, String> settings(String mode, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url",
                postgres.jdbcUrl(),
                "connection.user",
                postgres.user(),
                "connection.password",
                postgres.password(),
                "mode",
                mode,
                "incrementing.column.name",
                "id",
                "timestamp.column.name",
                "at",
                "topic.prefix",
                "",
                "task.tables",
                "public." + STAMPED,
                "poll.interval.ms",
                "5"));
        settings.put("batch.max.rows", "7");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"incrementing", "timestamp", "timestamp+incrementing"})
    void eachRowComesOnceWhateverTheOrderOfCommits(String mode) throws Exception {
        long seed = System.nanoTime();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<CompletableFuture<Void>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                int writer = i;
                writing.add(CompletableFuture.runAsync(() -> write(random, writer), writers));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
            Map<Long, Integer> seen = readWhile(settings(mode), all, new Random(seed));
            assertThat(all).succeedsWithin(Duration.ofSeconds(60));
            assertThat(seen).as("rows and how often they came, seed %s", seed).isEqualTo(committed());
        } finally {
            writers.shutdownNow();
        }
    }

    /** Takes numbers and times, sleeps, and then commits or rolls back, some in a subtransaction. */
    private static void write(Random random, int writer) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TRANSACTIONS; i++) {
                writeOne(connection, statement, random, writer);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void writeOne(Connection connection, Statement statement, Random random, int writer)
            throws SQLException {
        String insert = "insert into late (writer) values (" + writer + ")";
        if (random.nextInt(3) == 0) {
            // Takes the time long before it writes anything, so that nobody sees a transaction id.
            assertThat(statement.execute("select now()")).isTrue();
            sleep(statement, random);
        }
        if (random.nextInt(3) == 0) {
            assertThat(statement.executeUpdate(insert)).isOne();
        }
        Savepoint savepoint = connection.setSavepoint();
        assertThat(statement.executeUpdate(insert)).isOne();
        sleep(statement, random);
        if (random.nextInt(4) == 0) {
            connection.rollback(savepoint);
        }
        if (random.nextInt(5) == 0) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private static void sleep(Statement statement, Random random) throws SQLException {
        assertThat(statement.execute("select pg_sleep(" + random.nextInt(60) / 1000.0 + ")"))
                .isTrue();
    }

    /** Reads until the writers have ended and nothing more comes, with stops at random places in between. */
    private static Map<Long, Integer> readWhile(
            Map<String, String> settings, CompletableFuture<Void> writing, Random random) {
        Map<Long, Integer> seen = new TreeMap<>();
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        boolean isLast = false;
        while (!isLast) {
            isLast = writing.isDone();
            try (SourceTaskHarness task =
                    SourceTaskHarness.start(new JdbcSourceConnector(), settings, context, Duration.ofSeconds(20))) {
                int polls = 1 + random.nextInt(12);
                int idle = 0;
                for (int i = 0; isLast ? idle < 5 : i < polls; i++) {
                    List<SourceRecord> batch = task.poll();
                    idle = batch.isEmpty() ? idle + 1 : 0;
                    // A stop loses what was returned and not stored; what is stored must not come again.
                    List<SourceRecord> stored =
                            isLast || i + 1 < polls ? batch : batch.subList(0, random.nextInt(batch.size() + 1));
                    task.commit(stored);
                    stored.forEach(record -> seen.merge(id(record), 1, Integer::sum));
                }
            }
            context = context.restarted();
        }
        return seen;
    }

    private static long id(SourceRecord record) {
        return RowValues.number(record, "id");
    }

    private static Map<Long, Integer> committed() throws SQLException {
        Map<Long, Integer> committed = new TreeMap<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from late")) {
            while (rows.next()) {
                committed.put(rows.getLong(1), 1);
            }
        }
        return committed;
    }

    @Test
    void findsARowWhoseNumberWasTakenLongAgo() throws SQLException {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (Connection late = postgres.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            // Takes the number and writes nothing yet, so that only the lock of its virtual id shows the transaction.
            assertThat(statement.execute("select nextval('late_id_seq')")).isTrue();
            for (int run = 0; run < 3; run++) {
                postgres.execute("insert into late (writer) values (2)");
                try (SourceTaskHarness task = SourceTaskHarness.start(
                        new JdbcSourceConnector(), settings("incrementing"), context, Duration.ofSeconds(20))) {
                    task.commit(task.read(1));
                    assertThat(task.readRest()).isEmpty();
                }
                context = context.restarted();
            }
            assertThat(statement.executeUpdate("insert into late (id, writer) values (currval('late_id_seq'), 1)"))
                    .isOne();
            late.commit();
        }
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new JdbcSourceConnector(), settings("incrementing"), context, Duration.ofSeconds(20))) {
            assertThat(task.read(1)).extracting(LateCommitsIT::id).containsExactly(1L);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void holdsRowsBackWhileOneTransactionOutlivesVeryManyOthers() throws SQLException {
        int count = XidSet.SPAN + 500;
        try (Connection longest = postgres.connect();
                Statement statement = longest.createStatement();
                SourceTaskHarness task = SourceTaskHarness.start(
                        new JdbcSourceConnector(),
                        settings("incrementing", "batch.max.rows", "5000"),
                        new FakeSourceTaskContext(),
                        Duration.ofSeconds(60))) {
            longest.setAutoCommit(false);
            assertThat(statement.executeUpdate("insert into late (writer) values (1)"))
                    .isOne();
            postgres.execute("do $$ begin for i in 1.." + count
                    + " loop insert into late (writer) values (2); commit; end loop; end $$");
            List<SourceRecord> all = new ArrayList<>(task.read(XidSet.SPAN - 500));
            all.addAll(task.readRest());
            assertThat(all).as("rows while the first transaction runs").hasSizeLessThan(count);
            longest.commit();
            all.addAll(task.read(count + 1 - all.size()));
            all.addAll(task.readRest());
            assertThat(all)
                    .extracting(LateCommitsIT::id)
                    .doesNotHaveDuplicates()
                    .hasSize(count + 1);
        }
    }

    @Test
    void losesRowsWithoutSafeMode() throws SQLException, ExecutionException, InterruptedException {
        try (Connection late = postgres.connect();
                Statement statement = late.createStatement();
                SourceTaskHarness task = SourceTaskHarness.start(
                        new JdbcSourceConnector(), settings("incrementing", "safe.mode", "false"))) {
            late.setAutoCommit(false);
            assertThat(statement.executeUpdate("insert into late (writer) values (1)"))
                    .isOne();
            postgres.execute("insert into late (writer) values (2)");
            assertThat(task.read(1)).extracting(LateCommitsIT::id).containsExactly(2L);
            late.commit();
            assertThat(task.readRest()).as("the fault that safe mode mends").isEmpty();
        }
    }
}
