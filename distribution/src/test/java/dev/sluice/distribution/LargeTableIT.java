package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.server.TestingPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A table of a gigabyte through a worker with a quarter of it as heap; the connectors alone are tested so in every build. */
@EnabledIfSystemProperty(named = "sluice.soak", matches = "true")
final class LargeTableIT {
    private static final int ROWS = Integer.getInteger("sluice.large.rows", 1_000_000);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @TempDir
    Path temporary;

    @Test
    void travelsThroughAHeapThatIsMuchSmaller() throws Exception {
        try (TestingPostgres postgres = TestingPostgres.create();
                WorkFolder folder = new WorkFolder(temporary)) {
            postgres.execute("create table large (id bigserial primary key, a text, b text);"
                    + " insert into large (a, b) select repeat(md5(i::text), 16), repeat(md5((-i)::text), 16)"
                    + " from generate_series(1, " + ROWS + ") i; analyze large");
            String connection = String.join(
                    "\n",
                    "connection.url=" + postgres.jdbcUrl(),
                    "connection.user=" + postgres.user(),
                    "connection.password=" + postgres.password(),
                    "key.converter=JsonConverter",
                    "value.converter=JsonConverter");
            folder.write(
                    "source.properties",
                    "name=source",
                    "connector.class=JdbcSource",
                    "mode=incrementing",
                    "incrementing.column.name=id",
                    "table.include.list=public.large",
                    "topic.prefix=l-",
                    connection);
            folder.write(
                    "sink.properties",
                    "name=sink",
                    "connector.class=JdbcSink",
                    "topics.regex=l-.*",
                    "table.name.format=copied",
                    "auto.create=true",
                    "insert.mode=insert",
                    connection);
            folder.heap("-Xmx256m");
            RunningWorker worker = folder.start("source", "sink");
            Waiting.until(
                    "the last row is there",
                    PATIENCE,
                    () -> ask(postgres, "select coalesce(to_regclass('copied')::text, '')")
                                    .equals("copied")
                            && ask(postgres, "select count(*) from copied").equals(Integer.toString(ROWS)));
            Ran ran = worker.stop();
            assertThat(ran.exitCode()).as(ran.output()).isZero();
            assertThat(ran.output()).doesNotContain("ERROR", "OutOfMemoryError");
            assertThat(ask(postgres, "select count(*) from (select * from large except select * from copied) d"))
                    .as("rows that differ")
                    .isEqualTo("0");
        }
    }

    private static String ask(TestingPostgres postgres, String query) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
