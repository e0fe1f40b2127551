package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeOffsets;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of PostgreSQL as they come, and what happens to them while they are read. */
final class TableSourceIT extends PostgresCase {
    private static final String[] BY_ID = {"mode", "incrementing", "incrementing.column.name", "id"};

    private static Struct key(SourceRecord record) {
        return (Struct) Objects.requireNonNull(record.key().value(), "a key");
    }

    @Test
    void keysRecordsByThePrimaryKeyInItsOrder() {
        postgres.execute("create table t (a int, b text, c int, primary key (c, a)); insert into t values (1, 'x', 2)");

        SourceRecord record = first("public.t");

        assertThat(record.topic()).isEqualTo("t.t");
        assertThat(key(record).schema().fields()).extracting("name").containsExactly("c", "a");
        assertThat(key(record).get("c")).isEqualTo(2);
        assertThat(first("public.t", "key.columns", "none").key().isNull()).isTrue();
        assertThat(key(first("public.t", "key.columns", "B")).get("b")).isEqualTo("x");
    }

    @Test
    void namesTopicsByTheTemplate() {
        postgres.execute("create schema \"my.Schema\"; create table \"my.Schema\".\"T $1\" (a int)");
        postgres.execute("insert into \"my.Schema\".\"T $1\" values (1)");

        SourceRecord record = first("\"my.Schema\".T $1", "topic.name.template", "${prefix}${schema}-${table}");

        assertThat(record.topic()).isEqualTo("t.my.Schema-T $1");
        assertThat(record.position().partition()).isEqualTo(Map.of("protocol", "1", "table", "\"my.Schema\".T $1"));
    }

    @Test
    void readsNamesThatAreMadeToMislead() {
        String column = "id\"; drop table victim; --";
        String quoted = "\"id\"\"; drop table victim; --\"";
        postgres.execute("create table victim (a int)");
        postgres.execute("create table \"o'r\"\"d,ers\" (" + quoted + " bigint primary key, \"select\" text)");
        postgres.execute("insert into \"o'r\"\"d,ers\" values (1, '''; drop table victim; --')");
        try (SourceTaskHarness task =
                start("public.\"o'r\"\"d,ers\"", "mode", "incrementing", "incrementing.column.name", column)) {
            List<SourceRecord> records = task.read(1);
            task.commit(records);
            assertThat(fields(records, "select")).containsExactly("'; drop table victim; --");
            postgres.execute("insert into \"o'r\"\"d,ers\" values (2, 'b'); insert into victim values (1)");
            assertThat(fields(task.read(1), column)).containsExactly(2L);
        }
    }

    @Test
    void reads300Columns() {
        String columns = IntStream.range(0, 300).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
        String values = IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        postgres.execute("create table wide (" + columns + "); insert into wide values (" + values + ")");

        Struct row = RowValues.row(first("public.wide"));

        assertThat(row.schema().fields()).hasSize(300);
        assertThat(row.get("c299")).isEqualTo(299);
    }

    @Test
    void readsGeneratedAndIdentityColumns() {
        postgres.execute("create table t (id bigint generated always as identity primary key, a int,"
                + " double int generated always as (a * 2) stored)");
        postgres.execute("insert into t (a) values (21)");

        Struct row = RowValues.row(first("public.t", "mode", "incrementing"));

        assertThat(row.get("id")).isEqualTo(1L);
        assertThat(row.get("double")).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "p", "m"})
    void readsViewsAndPartitionedTables(String name) {
        postgres.execute("create table base (id bigserial primary key, a int);"
                + " create view v as select * from base where a > 0;"
                + " create materialized view m as select * from base;"
                + " create table p (id bigint not null, a int) partition by range (id);"
                + " create table p1 partition of p for values from (0) to (10);"
                + " create table p2 partition of p for values from (10) to (100)");
        postgres.execute("insert into base (a) select generate_series(1, 20); insert into p select * from base;"
                + " refresh materialized view m");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] more = {"mode", "incrementing", "incrementing.column.name", "id", "validate.non.null", "false"};
        try (SourceTaskHarness task = start(context, "public." + name, more)) {
            List<SourceRecord> records = task.read(20);
            assertThat(fields(records, "a"))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
            task.commit(records.subList(0, 12));
        }
        try (SourceTaskHarness task = start(context.restarted(), "public." + name, more)) {
            assertThat(fields(task.read(8), "id"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(13, 20)
                            .mapToObj(i -> (Object) (long) i)
                            .toList());
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void followsChangesOfTheTable() {
        postgres.execute("create table t (id bigserial primary key, a int not null); insert into t (a) values (1)");
        try (SourceTaskHarness task = start("public.t", BY_ID)) {
            assertThat(fields(task.read(1), "a")).containsExactly(1);
            postgres.execute("alter table t add column b text; insert into t (a, b) values (2, 'new')");
            assertThat(fields(task.read(1), "b")).containsExactly("new");
            postgres.execute("alter table t alter column a type text; insert into t (a) values ('three')");
            // The rewrite gives every row a new version, so that those above the floor come again.
            assertThat(fields(task.read(1), "a")).endsWith("three");
            postgres.execute(
                    "alter table t alter column a drop not null, drop column b; insert into t (a) values (null)");
            SourceRecord last = task.read(1).get(0);
            assertThat(RowValues.row(last).schema().fields()).extracting("name").containsExactly("id", "a");
            RowValues.row(last).schema().check(RowValues.row(last));
        }
    }

    @Test
    void goesOnAfterItsConnectionWasKilled() {
        postgres.execute("create table t (id bigserial primary key); insert into t select from generate_series(1, 50)");
        try (SourceTaskHarness task = start("public.t", "batch.max.rows", "10", "mode", "incrementing")) {
            List<SourceRecord> all = new ArrayList<>(task.read(10));
            postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                    + " 'sluice-source' and datname = current_database()");
            postgres.execute("insert into t select from generate_series(1, 10)");
            all.addAll(task.read(60 - all.size()));
            assertThat(fields(all, "id")).doesNotHaveDuplicates().hasSize(60);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void readsOtherTablesOnWhenOneIsDropped() {
        postgres.execute("create table a (id bigserial primary key); create table b (id bigserial primary key);"
                + " insert into a values (1)");
        try (SourceTaskHarness task = start("public.a,public.b", "mode", "incrementing")) {
            assertThat(fields(task.read(1), "id")).containsExactly(1L);
            postgres.execute("drop table a; insert into b values (7)");
            assertThat(fields(task.read(1), "id")).containsExactly(7L);
            postgres.execute(
                    "insert into b values (8); create table a (id bigserial primary key); insert into a values (9)");
            assertThat(fields(task.read(2), "id")).containsExactlyInAnyOrder(8L, 9L);
        }
    }

    @Test
    void tellsHowFarTheFirstLoadIs() {
        postgres.execute(
                "create table t (id bigserial primary key); insert into t select from generate_series(1, 25000);"
                        + " analyze t");
        try (SourceTaskHarness task = start("public.t", "mode", "incrementing")) {
            assertThat(task.read(25_000)).hasSize(25_000);
            Waiting.until(
                    "the end was told", () -> task.context().progressReports().size() == 3);
            assertThat(task.context().progressReports())
                    .contains(
                            new Progress("load of table public.t", 10_000, OptionalLong.of(25_000), "rows"),
                            new Progress("load of table public.t", 25_000, OptionalLong.of(25_000), "rows"));
        }
    }

    @Test
    void makesTombstonesOfRowsThatAreMarkedAsDeleted() {
        postgres.execute(
                "create table t (id int primary key, gone boolean); insert into t values (1, false), (2, true)");
        try (SourceTaskHarness task = start("public.t", "delete.column", "gone", "poll.interval.ms", "60000")) {
            List<SourceRecord> records = task.read(2);
            assertThat(records).extracting(record -> record.value().isNull()).containsExactly(false, true);
            assertThat(key(records.get(1)).get("id")).isEqualTo(2);
        }
    }

    @Test
    void reportsARowThatNoRecordCanHoldAndGoesOn() {
        postgres.execute("create table t (id bigserial primary key, n numeric(4,1));"
                + " insert into t (n) values (1), ('NaN'), (3)");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        FakeErrantRecords errants = context.tolerateErrors(10);
        try (SourceTaskHarness task = start(context, "public.t", BY_ID)) {
            assertThat(fields(task.read(2), "id")).containsExactly(1L, 3L);
        }
        assertThat(errants.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.failure())
                        .isInstanceOf(DataException.class)
                        .hasMessage(
                                "Cannot read a numeric value as a decimal: it is NaN or infinite. Set numeric.mapping to"
                                        + " best_fit_eager_double, or correct the row. The row is in table public.t at"
                                        + " {incrementing=2}."));
    }

    @Test
    void failsAtARowThatNoRecordCanHold() {
        postgres.execute("create table t (a int[]); insert into t values ('{{1,2},{3,4}}')");
        try (SourceTaskHarness task = start("public.t")) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("it has several dimensions, and its schema has one.");
        }
    }

    @Test
    void readsAQuery() {
        postgres.execute("create table t (id bigserial primary key, a int); insert into t (a) values (1), (2), (3)");
        Map<String, String> settings = settings(
                "",
                "query",
                "select id as number, a * 10 as ten from t where a > 1;",
                "mode",
                "incrementing",
                "incrementing.column.name",
                "number",
                "validate.non.null",
                "false");
        settings.remove("task.tables");
        try (SourceTaskHarness task =
                SourceTaskHarness.start(new dev.sluice.connector.jdbc.JdbcSourceConnector(), settings)) {
            List<SourceRecord> records = task.read(2);
            assertThat(fields(records, "ten")).containsExactly(20, 30);
            assertThat(records.get(0).topic()).isEqualTo("t.");
            assertThat(records.get(0).position().partition()).isEqualTo(Map.of("query", "query"));
            postgres.execute("insert into t (a) values (4)");
            assertThat(fields(task.read(1), "ten")).containsExactly(40);
        }
    }

    @Test
    void continuesWhereKafkaConnectsSourceStopped() {
        postgres.execute(
                "create table t (id bigserial primary key, at timestamp not null default '2026-01-01 00:00:00.5');"
                        + " insert into t select from generate_series(1, 5)");
        FakeOffsets byNumber = new FakeOffsets();
        byNumber.store(new SourcePosition(Map.of("protocol", "1", "table", "public.t"), Map.of("incrementing", 3)));
        try (SourceTaskHarness task = start(new FakeSourceTaskContext(byNumber), "public.t", BY_ID)) {
            assertThat(fields(task.read(2), "id")).containsExactly(4L, 5L);
        }
        FakeOffsets byBoth = new FakeOffsets();
        long millis = Instant.parse("2026-01-01T00:00:00.5Z").toEpochMilli();
        byBoth.store(new SourcePosition(
                Map.of("table", "t"), Map.of("incrementing", 3, "timestamp", millis, "timestamp_nanos", 500_000_000)));
        try (SourceTaskHarness task = start(
                new FakeSourceTaskContext(byBoth),
                "public.t",
                "mode",
                "timestamp+incrementing",
                "incrementing.column.name",
                "id",
                "timestamp.column.name",
                "at")) {
            assertThat(fields(task.read(2), "id")).containsExactly(4L, 5L);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id bigint primary key", "id bigint"})
    void losesNoneOfManyRowsWithOneTimestamp(String id) {
        postgres.execute("create table t (" + id + ", at timestamp not null)");
        postgres.execute("insert into t select n, '2026-01-01' from generate_series(1, 3000) n");
        postgres.execute("insert into t values (3001, '2026-01-02')");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] byTime = {"mode", "timestamp", "timestamp.column.name", "at", "batch.max.rows", "100"};
        boolean hasKey = id.contains("primary");
        List<SourceRecord> all;
        try (SourceTaskHarness task = start(context, "public.t", byTime)) {
            List<SourceRecord> records = task.read(1_500);
            task.commit(records);
            all = new ArrayList<>(records);
        }
        try (SourceTaskHarness task = start(context.restarted(), "public.t", byTime)) {
            int rest = hasKey ? 3_001 - all.size() : 3_001;
            List<SourceRecord> records = task.read(rest);
            task.commit(records);
            all.addAll(records);
            assertThat(task.readRest()).isEmpty();
        }
        assertThat(fields(all, "id").stream().distinct()).hasSize(3_001);
        if (hasKey) {
            assertThat(all).hasSize(3_001);
        }
        try (SourceTaskHarness task = start(context.restarted().restarted(), "public.t", byTime)) {
            assertThat(task.readRest()).as("all was read to the end").isEmpty();
        }
    }

    @Test
    void readsWhatWasUpdatedByTimestamp() {
        postgres.execute("create table t (id int primary key, a int, at timestamptz not null default now())");
        postgres.execute("insert into t (id, a) values (1, 1), (2, 1)");
        try (SourceTaskHarness task = start("public.t", "mode", "timestamp", "timestamp.column.name", "at")) {
            assertThat(fields(task.read(2), "a")).containsExactly(1, 1);
            postgres.execute("update t set a = 2, at = now() where id = 1; delete from t where id = 2");
            assertThat(fields(task.read(1), "a")).containsExactly(2);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void refusesANullableColumn() {
        postgres.execute("create table t (id bigint)");
        try (SourceTaskHarness task = start("public.t", BY_ID)) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage(
                            "Cannot read table public.t by column id: null may stand in it, and rows with null would"
                                    + " never be read. Make it NOT NULL, or set validate.non.null=false if that is wanted.");
        }
    }

    @Test
    void saysWhatIsWrongWithAColumn() {
        postgres.execute("create table t (id bigint not null, \"Name\" text)");
        try (SourceTaskHarness task = start("public.t", "mode", "incrementing", "incrementing.column.name", "nr")) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage("Cannot use incrementing.column.name=nr: there is no such column, only [id, Name]."
                            + " Correct the name.");
        }
    }
}
