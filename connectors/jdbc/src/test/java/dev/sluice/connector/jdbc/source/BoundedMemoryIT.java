package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.process.ProcessUnderTest;
import dev.sluice.testkit.server.TestingPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that are several times larger than the heap of who reads them. */
final class BoundedMemoryIT {
    private static final boolean IS_SOAK = Boolean.getBoolean("sluice.soak");
    private static final String HEAP = IS_SOAK ? "-Xmx256m" : "-Xmx48m";
    private static final int ROWS = IS_SOAK ? 1_000_000 : 150_000;
    private static final int LARGE_ROWS = IS_SOAK ? 500 : 60;
    private static final Duration PATIENCE = Duration.ofMinutes(IS_SOAK ? 10 : 2);

    private static TestingPostgres postgres;

    @BeforeAll
    static void create() {
        postgres = TestingPostgres.create();
        postgres.execute("create table long (id bigserial primary key, a text, b text);"
                + " insert into long (a, b) select repeat(md5(i::text), 16), repeat(md5((-i)::text), 16)"
                + " from generate_series(1, " + ROWS + ") i; analyze long");
        postgres.execute("create table wide (id bigserial primary key, a text);"
                + " insert into wide (a) select repeat(md5(i::text), 65536) from generate_series(1, " + LARGE_ROWS
                + ") i; analyze wide");
    }

    @AfterAll
    static void drop() {
        postgres.close();
    }

    /** Bulk and incrementing read by the same code. */
    static List<String> modes() {
        return IS_SOAK ? List.of("bulk", "incrementing", "cdc") : List.of("incrementing", "cdc");
    }

    /** Rows of a kilobyte. */
    @ParameterizedTest
    @MethodSource("modes")
    void readsATableThatIsManyTimesTheHeap(String mode) {
        assertReadsAll("long", mode, ROWS);
    }

    /** Rows of two megabytes: batches end by their bytes. */
    @Test
    void readsRowsOfWhichTheHeapHoldsFew() {
        assertReadsAll("wide", "incrementing", LARGE_ROWS);
    }

    private static void assertReadsAll(String table, String mode, int rows) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReadingChild.class.getName(),
                Integer.toString(rows),
                "connection.url=" + postgres.jdbcUrl(),
                "connection.user=" + postgres.user(),
                "connection.password=" + postgres.password(),
                "mode=" + mode,
                "topic.prefix=t.",
                "incrementing.column.name=id",
                "task.tables=public." + table,
                "table.whitelist=" + table,
                "snapshot.mode=initial_only"));
        try (ProcessUnderTest child =
                ProcessUnderTest.command(command.toArray(String[]::new)).start()) {
            int code = child.awaitExit(PATIENCE);
            assertThat(code).as("%s", child.output()).isZero();
            assertThat(child.output()).contains("rows read: " + rows);
        }
    }
}
