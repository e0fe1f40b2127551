package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.server.TestingPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process at random moments while rows travel from one table through a topic into another, under writers that
 * commit late: in the end both tables hold the same rows, each once.
 */
final class JdbcKillLoopIT {
    private static final int KILLS = Boolean.getBoolean("sluice.soak") ? 40 : 4;
    private static final int LIFE_MILLIS_MAX = 5_000;
    private static final int WRITERS = 8;
    /** Rows without their order, so that any difference shows. A queried time has milliseconds, as in Kafka Connect. */
    private static final String CHECKSUM = "select count(*) || ' rows, ' || coalesce(sum(hashtextextended("
            + "concat_ws('|', id, writer, note, price, extract(epoch from date_trunc('milliseconds', placed))), 0)), 0) from ";

    @TempDir
    Path temporary;

    @Test
    void queriedRowsAreInTheTargetOnce() {
        rows(
                false,
                "mode=incrementing",
                "incrementing.column.name=id",
                "exactly.once.support=required",
                "poll.interval.ms=50");
    }

    @Test
    void capturedChangesMakeTheTargetEqual() {
        rows(true, "mode=cdc", "slot.name=kills", "publication.name=kills");
    }

    private void rows(boolean changesRows, String... source) {
        Generated.rounds(1, random -> {
            try (TestingPostgres postgres = TestingPostgres.create();
                    WorkFolder folder = new WorkFolder(temporary);
                    TableWriter writer = new TableWriter(postgres, random, WRITERS, changesRows)) {
                folder.worker("exactly.once.source.support=enabled", "offset.flush.interval.ms=100");
                connectors(folder, postgres, changesRows, source);
                for (int kill = 0; kill < KILLS; kill++) {
                    RunningWorker worker = folder.start("source", "sink");
                    Waiting.pause(Duration.ofMillis(random.below(LIFE_MILLIS_MAX)));
                    worker.kill();
                }
                int written = writer.finish();
                RunningWorker worker = folder.start("source", "sink");
                String wanted = ask(postgres, CHECKSUM + "orders");
                awaitEqual(postgres, worker, wanted);
                System.out.printf("%d kills, %d rows written, target: %s.%n", KILLS, written, wanted);
                Ran ran = worker.stop();
                assertThat(ran.exitCode()).as(ran.output()).isZero();
                assertThat(ran.output()).doesNotContain("ERROR");
                assertThat(ask(postgres, CHECKSUM + "copied")).isEqualTo(wanted);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("The test was interrupted.", interrupted);
            }
        });
    }

    private static void connectors(WorkFolder folder, TestingPostgres postgres, boolean changesRows, String... source)
            throws IOException {
        String[] connection = {
            "connection.url=" + postgres.jdbcUrl(),
            "connection.user=" + postgres.user(),
            "connection.password=" + postgres.password(),
            "key.converter=JsonConverter",
            "value.converter=JsonConverter"
        };
        folder.write(
                "source.properties",
                "name=source",
                "connector.class=JdbcSource",
                "topic.prefix=kills-",
                "table.include.list=public.orders",
                String.join("\n", connection),
                String.join("\n", source));
        folder.write(
                "sink.properties",
                "name=sink",
                "connector.class=JdbcSink",
                "topics.regex=kills-.*",
                "table.name.format=copied",
                "auto.create=true",
                "exactly.once=true",
                changesRows ? "insert.mode=upsert\ndelete.enabled=true\npk.mode=record_key" : "insert.mode=insert",
                String.join("\n", connection));
    }

    private static void awaitEqual(TestingPostgres postgres, RunningWorker worker, String wanted) {
        try {
            Waiting.until(
                    "the target equals the source",
                    Duration.ofSeconds(60),
                    () -> exists(postgres) && ask(postgres, CHECKSUM + "copied").equals(wanted));
        } catch (AssertionError late) {
            throw new AssertionError(
                    late.getMessage() + " Source: " + wanted + ", target: "
                            + (exists(postgres) ? ask(postgres, CHECKSUM + "copied") : "none") + ". Output: "
                            + worker.output(),
                    late);
        }
    }

    private static boolean exists(TestingPostgres postgres) {
        return ask(postgres, "select to_regclass('copied') is not null").equals("t");
    }

    private static String ask(TestingPostgres postgres, String query) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        } catch (SQLException failed) {
            throw new AssertionError("Cannot ask \"" + query + "\".", failed);
        }
    }
}
