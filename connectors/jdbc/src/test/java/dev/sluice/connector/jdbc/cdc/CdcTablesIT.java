package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of every sort, and what happens to them while they are captured. */
class CdcTablesIT {
    private CdcServer postgres;

    @BeforeEach
    void create() {
        postgres = new CdcServer();
    }

    @AfterEach
    void drop() throws SQLException {
        postgres.close();
    }

    private static List<String> ops(List<SourceRecord> records) {
        return records.stream().map(record -> Replay.header(record, "__op")).toList();
    }

    private static List<String> fields(Struct struct) {
        return struct.schema().fields().stream().map(Field::name).toList();
    }

    @Test
    void readsEveryTypeAlikeFromSnapshotAndStream() throws Exception {
        postgres.execute("create type mood as enum ('sad', 'ok'); create domain small as int check (value < 100);"
                + " create table types (id int primary key, b bool, i2 int2, i8 int8, f4 float4, f8 float8,"
                + " n numeric(20, 4), u numeric, m money, tx text, vc varchar(10), ch char(5), by bytea, d date, ti time,"
                + " ts timestamp, tz timestamptz, iv interval, j json, jb jsonb, id2 uuid, e mood, ia int[], ta text[],"
                + " r int4range, tr tstzrange, net inet, bi bit(3), dom small, x xml)");
        String row =
                "(%s, true, -1, 9223372036854775807, 1.5, 'NaN', 1234567890123456.7890, 3.14159, '-12.34', E'a\\tb\\n\\\\',"
                        + " 'vc', 'ch', '\\x00ff5c09', '0044-03-15 BC', '23:59:59.123456', '2024-02-29 12:00:00.000001',"
                        + " '2024-02-29 12:00:00.123456+02', '1 year 2 days 03:04:05.6', '{\"a\": 1}', '{\"b\":[1]}',"
                        + " '00000000-0000-0000-0000-000000000001', 'ok', '{1,NULL,3}', '{\"a,b\",\"q\\\"\"}', '[1,5)',"
                        + " '[2024-01-01 00:00:00+00,)', '10.0.0.1', B'101', 5, '<a/>')";
        postgres.execute("insert into types values " + row.formatted(1));
        postgres.execute("insert into types (id, d, tz) values (2, 'infinity', '-infinity')");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            List<SourceRecord> read = task.read(2);
            assertThat(task.readRest()).isEmpty();
            postgres.execute("insert into types values " + row.formatted(3));
            postgres.execute("insert into types (id, d, tz) values (4, 'infinity', '-infinity')");
            List<SourceRecord> streamed = task.read(2);
            for (int i = 0; i < 2; i++) {
                Struct one = Replay.value(read.get(i));
                Struct other = Replay.value(streamed.get(i));
                assertThat(other.schema()).isEqualTo(one.schema());
                assertThat(other.toBuilder().set("id", one.get("id")).build()).isEqualTo(one);
            }
            assertValues(Replay.value(streamed.get(0)));
            assertThat(Replay.value(streamed.get(1)).get("d")).isEqualTo(LocalDate.ofEpochDay(Integer.MAX_VALUE));
        }
    }

    private static void assertValues(Struct row) {
        assertThat(row.get("n")).isEqualTo(new BigDecimal("1234567890123456.7890"));
        assertThat(row.get("f8")).isEqualTo(Double.NaN);
        assertThat(row.get("tx")).isEqualTo("a\tb\n\\");
        assertThat(row.get("by")).isEqualTo(new byte[] {0, (byte) 0xFF, 0x5C, 9});
        assertThat(row.get("d")).isEqualTo(LocalDate.of(-43, 3, 15));
        assertThat(row.get("tz")).isEqualTo(Instant.parse("2024-02-29T10:00:00.123456Z"));
        assertThat(row.get("ia")).isEqualTo(Arrays.asList(1, null, 3));
        assertThat(row.get("ta")).isEqualTo(List.of("a,b", "q\""));
        assertThat(row.get("r")).isEqualTo("[1,5)");
        assertThat(row.get("iv")).isEqualTo("P1Y2DT3H4M5.6S");
        assertThat(row.get("m")).isEqualTo(new BigDecimal("-12.34"));
    }

    @Test
    void saysWhichLargeValuesDidNotChange() throws Exception {
        postgres.execute("create table big (id int primary key, small text, large text);"
                + " alter table big alter large set storage external;"
                + " insert into big values (1, 'a', repeat('x', 10000))");
        try (SourceTaskHarness task = postgres.stream()) {
            postgres.execute("update big set small = 'b'");
            SourceRecord update = task.read(1).get(0);
            assertThat(Replay.value(update).get("large")).isEqualTo("__debezium_unavailable_value");
            assertThat(Replay.header(update, "__unavailable")).isEqualTo("large");
            postgres.execute("alter table big replica identity full; update big set small = 'c'");
            SourceRecord whole = task.read(1).get(0);
            assertThat(String.valueOf(Replay.value(whole).get("large"))).hasSize(10_000);
            assertThat(Replay.header(whole, "__unavailable")).isEqualTo("null");
        }
    }

    @Test
    void leavesLargeValuesOutThatDidNotChangeIfAsked() throws Exception {
        postgres.execute("create table big (id int primary key, small text, large text not null);"
                + " alter table big alter large set storage external;"
                + " insert into big values (1, 'a', repeat('x', 10000))");
        try (SourceTaskHarness task = postgres.stream("toast.unchanged", "omit")) {
            postgres.execute("update big set small = 'b'");
            assertThat(fields(Replay.value(task.read(1).get(0)))).containsExactly("id", "small");
        }
    }

    @Test
    void takesWhatTheReplicaIdentityGives() throws Exception {
        postgres.execute("create table whole (id int primary key, a text); alter table whole replica identity full;"
                + " create table indexed (id int primary key, a text not null unique, b text);"
                + " alter table indexed replica identity using index indexed_a_key;"
                + " create table keyless (a text); alter table keyless replica identity full;"
                + " create table nothing (id int primary key); alter table nothing replica identity nothing");
        try (SourceTaskHarness task = postgres.stream()) {
            postgres.execute("insert into whole values (1, 'x'); delete from whole");
            assertThat(Replay.key(task.read(2).get(1)).get("id")).isEqualTo(1);
            postgres.execute("insert into indexed values (1, 'x', 'y'); delete from indexed");
            List<SourceRecord> indexed = task.read(2);
            assertThat(fields(Replay.key(indexed.get(0)))).containsExactly("a");
            assertThat(Replay.key(indexed.get(1)).get("a")).isEqualTo("x");
            postgres.execute("insert into keyless values ('x'); insert into nothing values (7)");
            List<SourceRecord> others = task.read(2);
            assertThat(others.get(0).key().isNull()).isTrue();
            assertThat(Replay.key(others.get(1)).get("id")).isEqualTo(7);
        }
    }

    @Test
    void replacesARowWhoseKeyChanged() throws Exception {
        postgres.execute("create table t (id int primary key, v text)");
        try (SourceTaskHarness task = postgres.stream()) {
            postgres.execute("insert into t values (1, 'a'); update t set id = 2");
            List<SourceRecord> records = task.read(3);
            assertThat(ops(records)).containsExactly("c", "d", "c");
            assertThat(records.get(1).value().isNull()).isTrue();
            assertThat(records)
                    .extracting(record -> Replay.key(record).get("id"))
                    .containsExactly(1, 1, 2);
        }
    }

    @Test
    void tellsPartitionsAsTheirTableInSnapshotAndStream() throws Exception {
        postgres.execute(
                "create table p (id int, v text, primary key (id)) partition by range (id);"
                        + " create table p1 partition of p for values from (0) to (10);"
                        + " create table p2 partition of p for values from (10) to (20); insert into p values (1, 'a'), (11, 'b')");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            assertThat(task.read(2)).extracting(SourceRecord::topic).containsOnly("public.p");
            assertThat(task.readRest()).isEmpty();
            postgres.execute("insert into p values (2, 'c'), (12, 'd'); update p set id = 13 where id = 2;"
                    + " create table p3 partition of p for values from (20) to (30); insert into p values (21, 'e')");
            List<SourceRecord> changes = task.read(5);
            assertThat(changes).extracting(SourceRecord::topic).containsOnly("public.p");
            assertThat(ops(changes)).containsExactly("c", "c", "d", "c", "c");
        }
    }

    @Test
    void leavesGeneratedColumnsOutInSnapshotAndStream() throws Exception {
        postgres.execute("create table g (id int generated always as identity primary key, a int,"
                + " b int generated always as (a * 2) stored); insert into g (a) values (1)");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            StructSchema read = Replay.value(task.read(1).get(0)).schema();
            assertThat(task.readRest()).isEmpty();
            postgres.execute("insert into g (a) values (2)");
            Struct streamed = Replay.value(task.read(1).get(0));
            assertThat(streamed.schema()).isEqualTo(read);
            assertThat(fields(streamed)).containsExactly("id", "a");
        }
    }

    @Test
    void takesHostileNamesAsTheyAre() throws Exception {
        String column = "co\"l'; drop table x; --";
        postgres.execute(
                "create schema \"s.\"\"x\"; create table \"s.\"\"x\".\"t'; select 1; --\" (\"i d\" int primary key,"
                        + " \"" + column.replace("\"", "\"\"") + "\" text);"
                        + " insert into \"s.\"\"x\".\"t'; select 1; --\" values (1, 'a'), (2, 'b')");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        String[] settings = {"tables", ".*", "publication.name", "my \"pub'lication"};
        List<SourceRecord> all;
        try (SourceTaskHarness task = postgres.start(context, settings)) {
            all = task.read(2);
            task.commit(all.subList(0, 1));
        }
        try (SourceTaskHarness task = postgres.start(context.restarted(), settings)) {
            assertThat(task.read(1))
                    .extracting(record -> Replay.key(record).get("i d"))
                    .containsExactly(2);
            assertThat(task.readRest()).isEmpty();
            postgres.execute("insert into \"s.\"\"x\".\"t'; select 1; --\" values (3, 'c')");
            SourceRecord change = task.read(1).get(0);
            assertThat(change.topic()).isEqualTo("s.\"x.t'; select 1; --");
            assertThat(Replay.value(change).get(column)).isEqualTo("c");
        }
    }

    @Test
    void followsColumnsThatComeGoAndChange() throws Exception {
        postgres.execute("create table t (id int primary key, a text not null)");
        try (SourceTaskHarness task = postgres.stream()) {
            postgres.execute(
                    "insert into t values (1, 'x'); alter table t add b numeric(5,2); insert into t values (2, 'x', 1.5);"
                            + " alter table t rename a to c; alter table t alter c drop not null; insert into t values (3, null, 2);"
                            + " alter table t drop b; insert into t values (4, 'y'); alter table t alter id type bigint;"
                            + " insert into t values (5, 'z')");
            List<SourceRecord> records = task.read(5);
            assertThat(fields(Replay.value(records.get(0)))).containsExactly("id", "a");
            assertThat(fields(Replay.value(records.get(1)))).containsExactly("id", "a", "b");
            assertThat(Replay.value(records.get(1)).get("b")).isEqualTo(new BigDecimal("1.50"));
            assertThat(fields(Replay.value(records.get(2)))).containsExactly("id", "c", "b");
            assertThat(fields(Replay.value(records.get(3)))).containsExactly("id", "c");
            assertThat(Replay.value(records.get(3)).get("id")).isEqualTo(4);
            assertThat(Replay.value(records.get(4)).get("id")).isEqualTo(5L);
        }
    }

    @Test
    void toleratesNullsOfThePastWhereTheyMayNotStandNow() throws Exception {
        postgres.execute("create table t (id int primary key, a text)");
        try (SourceTaskHarness task = postgres.stream()) {
            postgres.execute(
                    "insert into t values (1, null); update t set a = 'x'; alter table t alter a set not null");
            Struct first = Replay.value(task.read(2).get(0));
            assertThat(first.get("a")).isNull();
            assertThat(first.schema().field("a").orElseThrow().schema()).isEqualTo(Schema.STRING.optional());
        }
    }

    @Test
    void readsTablesThatComeLaterAndLosesNothingOfThem() throws Exception {
        postgres.execute("create table t (id bigint primary key, v text)");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        Replay replay = new Replay();
        try (SourceTaskHarness task = postgres.start(context, "max.batch.size", "100")) {
            Waiting.until(
                    "the stream began",
                    () -> task.poll().isEmpty() && !context.advances().isEmpty());
            postgres.execute("create table late (id bigint primary key, v text);"
                    + " insert into late select i, 'old' from generate_series(1, 1000) i");
            Waiting.until("a part of it is read", () -> {
                take(task, replay);
                return replay.rows().size() > 200;
            });
        }
        postgres.execute("update late set v = 'new' where id % 3 = 0; delete from late where id % 5 = 0;"
                + " insert into t values (-1, 'end')");
        try (SourceTaskHarness task = postgres.start(context.restarted())) {
            Waiting.until("all came", () -> {
                take(task, replay);
                return replay.rows().remove("-1") != null;
            });
        }
        try (Connection connection = postgres.postgres().connect()) {
            replay.assertEquals(connection, "late");
        }
    }

    /** Polls and stores what came, and where the task went without records, as the runtime does. */
    private static void take(SourceTaskHarness task, Replay replay) {
        int advances = task.context().advances().size();
        List<SourceRecord> records = task.poll();
        replay.take(records);
        task.commit(records);
        List<SourcePosition> all = task.context().advances();
        all.subList(advances, all.size())
                .forEach(place -> task.thread().run("commit", () -> task.task().commit(List.of(place))));
    }

    @Test
    void givesRowsThatNobodyCanReadToTheDeadLetters() throws Exception {
        postgres.execute(
                "create table t (id int primary key, n numeric(5, 2)); insert into t values (1, 'NaN'), (2, 2)");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext())) {
            assertThatThrownBy(task::poll)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("Cannot read column 'n' of table public.t: ");
        }
        FakeSourceTaskContext tolerant = new FakeSourceTaskContext();
        FakeErrantRecords errors = tolerant.tolerateErrors(10);
        try (SourceTaskHarness task = postgres.start(tolerant)) {
            assertThat(task.read(1))
                    .extracting(record -> Replay.key(record).get("id"))
                    .containsExactly(2);
            assertThat(task.readRest()).isEmpty();
            postgres.execute("insert into t values (3, 'NaN'), (4, 4)");
            assertThat(task.read(1))
                    .extracting(record -> Replay.key(record).get("id"))
                    .containsExactly(4);
            assertThat(errors.reports()).hasSize(2);
        }
    }

    @Test
    void tellsOfEmptiedTablesIfAsked() throws Exception {
        postgres.execute("create table t (id int primary key); insert into t values (1)");
        try (SourceTaskHarness task = postgres.stream("skipped.operations", "none")) {
            postgres.execute("truncate t");
            SourceRecord truncate = task.read(1).get(0);
            assertThat(Replay.header(truncate, "__op")).isEqualTo("t");
            assertThat(truncate.key().isNull() && truncate.value().isNull()).isTrue();
        }
    }

    @Test
    void leavesOutWhatTheFiltersAndSettingsLeaveOut() throws Exception {
        postgres.execute("create table t (id int primary key); create table other (id int primary key)");
        try (SourceTaskHarness task = postgres.stream(
                "tables", "public\\.t", "publication.autocreate.mode", "all_tables", "skipped.operations", "d")) {
            postgres.execute(
                    "insert into other values (1); insert into t values (1); delete from t; insert into t values (2)");
            assertThat(task.read(2)).extracting(SourceRecord::topic).containsOnly("public.t");
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void tellsTransactionsIfAsked() throws Exception {
        postgres.execute("create table t (id int primary key)");
        try (SourceTaskHarness task = postgres.stream("provide.transaction.metadata", "true")) {
            postgres.execute("begin; insert into t values (1), (2); commit");
            List<SourceRecord> records = task.read(4);
            assertThat(records)
                    .extracting(SourceRecord::topic)
                    .containsExactly("transaction", "public.t", "public.t", "transaction");
            Struct end = Replay.value(records.get(3));
            assertThat(end.get("status")).isEqualTo("END");
            assertThat(end.get("event_count")).isEqualTo(2L);
            assertThat(Replay.header(records.get(2), "__transaction_id")).isEqualTo(end.get("id"));
            assertThat(Replay.header(records.get(2), "__transaction_order")).isEqualTo("2");
        }
    }

    @Test
    void hasDebeziumsEnvelopeIfAsked() throws Exception {
        postgres.execute("create table t (id int primary key, v text); alter table t replica identity full;"
                + " insert into t values (1, 'a')");
        try (SourceTaskHarness task = postgres.start(new FakeSourceTaskContext(), "cdc.format", "envelope")) {
            Struct read = Replay.value(task.read(1).get(0));
            assertThat(read.get("op")).isEqualTo("r");
            assertThat(read.get("source", Struct.class)).satisfies(source -> {
                assertThat(source.get("snapshot")).isEqualTo("last");
                assertThat(source.get("table")).isEqualTo("t");
            });
            assertThat(task.readRest()).isEmpty();
            postgres.execute("update t set v = 'b'; delete from t");
            List<SourceRecord> changes = task.read(3);
            Struct update = Replay.value(changes.get(0));
            assertThat(update.get("before", Struct.class))
                    .satisfies(row -> assertThat(row.get("v")).isEqualTo("a"));
            assertThat(update.get("after", Struct.class))
                    .satisfies(row -> assertThat(row.get("v")).isEqualTo("b"));
            assertThat(Replay.value(changes.get(1)).get("op")).isEqualTo("d");
            assertThat(Replay.value(changes.get(1)).get("after")).isNull();
            assertThat(changes.get(2).value().isNull()).isTrue();
            changes.subList(0, 2)
                    .forEach(record -> Objects.requireNonNull(record.value().schema())
                            .check(record.value().value()));
        }
    }

    @Test
    void readsATransactionThatIsLargerThanWhatIsReadAhead() throws Exception {
        postgres.execute("create table t (id int primary key, v text)");
        try (SourceTaskHarness task = postgres.stream("max.queue.size.in.bytes", "64kb")) {
            postgres.execute("insert into t select i, repeat('x', 100) from generate_series(1, 200000) i");
            long expected = 1;
            while (expected <= 200_000) {
                List<SourceRecord> records = task.read(1);
                assertThat(records).hasSizeLessThanOrEqualTo(2_048);
                for (SourceRecord record : records) {
                    assertThat(record.position().offset().get("index")).isEqualTo(++expected);
                }
            }
        }
    }
}
