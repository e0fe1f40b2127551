package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.server.KillablePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process, or the database below it, while four tasks load one table and others write to it: each part goes
 * on where it was, and in the end the target holds each row once.
 */
final class SplitLoadKillLoopIT {
    private static final boolean IS_SOAK = Boolean.getBoolean("sluice.soak");
    private static final int ROWS = IS_SOAK ? 1_000_000 : 80_000;
    private static final int KILLS = IS_SOAK ? 30 : 4;
    private static final int PARTS = 4;
    private static final int ROWS_BETWEEN_KILLS = ROWS / (2 * PARTS * KILLS);
    private static final String CHECKSUM =
            "select count(*) || ' rows, ' || sum(hashtextextended(concat_ws('|', id, note), 0)) from ";

    @TempDir
    Path temporary;

    @Test
    void eachPartGoesOnWhereItWas() {
        Generated.rounds(1, random -> {
            try (KillablePostgres postgres = KillablePostgres.start(temporary.resolve("database"));
                    WorkFolder folder = new WorkFolder(temporary)) {
                postgres.execute("create table big (id bigserial primary key, note text not null);"
                        + " insert into big (note) select 'n' || i from generate_series(1, " + ROWS
                        + ") i; analyze big");
                connectors(folder, postgres);
                loadThroughKills(folder, postgres, random);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("The test was interrupted.", interrupted);
            }
        });
    }

    private static void connectors(WorkFolder folder, KillablePostgres postgres) throws IOException {
        folder.worker("exactly.once.source.support=enabled", "offset.flush.interval.ms=100");
        String connection = String.join(
                "\n",
                "connection.url=" + postgres.jdbcUrl(),
                "connection.user=" + postgres.user(),
                "connection.password=" + postgres.password(),
                "connection.backoff.ms=100",
                "connection.timeout.ms=1000",
                "key.converter=JsonConverter",
                "value.converter=JsonConverter");
        folder.write(
                "source.properties",
                "name=source",
                "connector.class=JdbcSource",
                "tasks.max=" + PARTS,
                "mode=incrementing",
                "incrementing.column.name=id",
                "exactly.once.support=required",
                "table.include.list=public.big",
                "topic.prefix=split-",
                "first.load.split.rows.min=1000",
                "batch.max.rows=50",
                "poll.interval.ms=50",
                connection);
        folder.write(
                "sink.properties",
                "name=sink",
                "connector.class=JdbcSink",
                "topics.regex=split-.*",
                "table.name.format=copied",
                "auto.create=true",
                "exactly.once=true",
                "insert.mode=insert",
                connection);
    }

    private static void loadThroughKills(WorkFolder folder, KillablePostgres postgres, Generated random)
            throws IOException, InterruptedException {
        Map<String, Long> reached = new TreeMap<>();
        int killsWhileLoading = 0;
        RunningWorker worker = folder.start("source", "sink");
        for (int kill = 0; kill < KILLS; kill++) {
            killsWhileLoading += awaitAllPartsMoved(worker, reached) ? 1 : 0;
            Waiting.pause(Duration.ofMillis(random.below(100)));
            if (kill % 2 == 0) {
                worker.kill();
                worker = folder.start("source", "sink");
            } else {
                postgres.kill();
                postgres.restart();
            }
            postgres.execute("insert into big (note) select 'during ' || i from generate_series(1, 50) i");
        }
        assertThat(killsWhileLoading).as("kills in the middle of the load").isGreaterThanOrEqualTo(KILLS / 2);
        awaitEqual(postgres, worker);
        assertThat(worker.get("/connectors/source/offsets").json().path("offsets"))
                .as("the stream behind the load")
                .anyMatch(stored -> !stored.path("partition").has("load"));
        System.out.printf("%d of %d kills in the middle of the load.%n", killsWhileLoading, KILLS);
        assertThat(worker.stop().exitCode()).isZero();
    }

    /**
     * Waits until each part that is not done has read some rows more, or all are done.
     *
     * @param reached what was reached before, which may not be lost; then what is reached now
     * @return whether the load goes on
     */
    private static boolean awaitAllPartsMoved(RunningWorker worker, Map<String, Long> reached) {
        Map<String, Long> before = new TreeMap<>(reached);
        Waiting.until("all parts have moved on from " + before, Duration.ofSeconds(60), () -> {
            Map<String, Long> now = parts(worker);
            now.forEach((part, place) -> assertThat(place)
                    .as("part %s was at %s", part, before)
                    .isGreaterThanOrEqualTo(before.getOrDefault(part, 0L)));
            reached.putAll(now);
            return now.size() == PARTS && now.entrySet().stream().allMatch(part -> hasMoved(part, before));
        });
        return reached.values().stream().anyMatch(place -> place < Long.MAX_VALUE);
    }

    private static boolean hasMoved(Map.Entry<String, Long> part, Map<String, Long> before) {
        Long from = before.get(part.getKey());
        return from == null || part.getValue() == Long.MAX_VALUE || part.getValue() >= from + ROWS_BETWEEN_KILLS;
    }

    /** Returns the last number of each part that has begun, or the greatest for those that are done. */
    private static Map<String, Long> parts(RunningWorker worker) {
        Map<String, Long> parts = new TreeMap<>();
        for (JsonNode stored : worker.get("/connectors/source/offsets").json().path("offsets")) {
            JsonNode partition = stored.path("partition");
            if (partition.has("load")) {
                JsonNode offset = stored.path("offset");
                String name = partition.path("part").asText() + " of "
                        + partition.path("load").asText();
                parts.put(
                        name,
                        offset.path("done").asBoolean()
                                ? Long.MAX_VALUE
                                : offset.path("incrementing").asLong());
            }
        }
        return parts;
    }

    private static void awaitEqual(KillablePostgres postgres, RunningWorker worker) {
        String wanted = ask(postgres, CHECKSUM + "big");
        try {
            Waiting.until(
                    "the target equals the source",
                    Duration.ofMinutes(2),
                    () -> ask(postgres, CHECKSUM + "copied").equals(wanted));
        } catch (AssertionError late) {
            throw new AssertionError(
                    late.getMessage() + " Source: " + wanted + ", target: " + ask(postgres, CHECKSUM + "copied")
                            + ". Output: " + worker.output(),
                    late);
        }
    }

    private static String ask(KillablePostgres postgres, String query) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return String.valueOf(result.getString(1));
        } catch (SQLException failed) {
            throw new AssertionError("Cannot ask \"" + query + "\".", failed);
        }
    }
}
