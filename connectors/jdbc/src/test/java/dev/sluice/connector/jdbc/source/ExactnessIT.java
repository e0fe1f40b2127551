package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Mode timestamp where each record is required exactly once: what it delivers, and what it refuses. */
final class ExactnessIT extends PostgresCase {
    private static final String[] BY_TIME = {
        "mode", "timestamp", "timestamp.column.name", "at", "batch.max.rows", "7", "exactly.once.support", "required"
    };

    /** As the transactions of exactly-once delivery: positions are stored with the records of a poll, or neither is. */
    @Test
    void rowsOfOneTimestampComeOnceHoweverOftenTheTaskIsKilled() {
        postgres.execute("create table t (id text primary key, n bigint, at timestamptz not null)");
        postgres.execute("insert into t select md5(i::text), i, '2020-01-01' from generate_series(1, 200) i");
        Set<Long> expected = new HashSet<>(List.of(1001L, 1002L, 1003L, 1198L, 1199L, 1200L, 2000L));
        LongStream.rangeClosed(4, 197).forEach(expected::add);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        List<Long> delivered = new ArrayList<>();
        for (int run = 0; !delivered.containsAll(expected); run++) {
            context = context.restarted();
            try (SourceTaskHarness task = start(context, "public.t", BY_TIME)) {
                for (int polls = 0; polls < 2 && !delivered.containsAll(expected); polls++) {
                    List<SourceRecord> records = pollSome(task);
                    task.commit(records);
                    records.forEach(record -> delivered.add(RowValues.number(record, "n")));
                }
                List<SourceRecord> lost = task.poll();
                assertThat(lost).hasSizeLessThanOrEqualTo(7);
            }
            if (run == 5) {
                postgres.execute("update t set n = 1000 + n where n between 1 and 3 or n between 198 and 200");
                postgres.execute("insert into t values ('new', 2000, '2020-01-01')");
            }
            assertThat(run).isLessThan(100);
        }
        assertThat(delivered).doesNotHaveDuplicates();
    }

    private static List<SourceRecord> pollSome(SourceTaskHarness task) {
        List<SourceRecord> records = new ArrayList<>();
        Waiting.until("rows come", () -> {
            records.addAll(task.poll());
            return !records.isEmpty();
        });
        return records;
    }

    @Test
    void refusesTablesThatCannotKeepThePromise() {
        postgres.execute("create table t (id bigint, at timestamptz not null); create view v as select * from t");
        assertRefused(
                "t",
                "it has no primary key of whole numbers, texts or UUIDs, which would tell rows of one"
                        + " timestamp apart");
        assertRefused("v", "it is no table, so that its rows do not show which transaction wrote them");
    }

    private void assertRefused(String table, String why) {
        String[] settings = {
            "mode",
            "timestamp",
            "timestamp.column.name",
            "at",
            "exactly.once.support",
            "required",
            "validate.non.null",
            "false"
        };
        try (SourceTaskHarness task = start("public." + table, settings)) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage("Cannot read table public." + table + " exactly once by timestamp: " + why
                            + ". Use mode=incrementing, leave the table out, or set exactly.once.support=requested.");
        }
    }
}
