package dev.sluice.connector.jdbc.sink;

import static dev.sluice.connector.jdbc.sink.SinkFixture.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.server.TestingPostgres;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sink on a real PostgreSQL: keys, modes, types, changes of tables, bad records. */
final class PostgresSinkIT {
    private static final StructSchema ORDER = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("note", Schema.STRING.optional())
            .build();

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
    }

    @AfterEach
    void drop() {
        postgres.close();
    }

    private static Struct order(long id, @Nullable String note) {
        return struct(ORDER, id, note);
    }

    private void put(SinkTaskHarness task, SinkRecord... records) {
        task.put(List.of(records));
    }

    @Test
    void insertsFewRowsAndMany() {
        sink.execute("create table orders (id bigint primary key, note text)");
        try (SinkTaskHarness task = sink.start()) {
            put(task, sink.record(order(1, "a\tb\\c\nd")), sink.record(order(2, null)));
            List<SinkRecord> many = new ArrayList<>();
            for (long id = 3; id <= 5_000; id++) {
                many.add(sink.record(order(id, "\\N")));
            }
            task.put(many);
        }
        assertThat(sink.query("select * from orders where id < 4 order by id"))
                .containsExactly("1|a\tb\\c\nd", "2|-", "3|\\N");
        assertThat(sink.query("select count(*), max(id) from orders")).containsExactly("5000|5000");
    }

    @Test
    void keepsTheLastOfSeveralUpsertsAndDeletesInTheOrderOfTheRecords() {
        sink.execute("create table orders (id bigint primary key, note text, kept text default 'new')");
        sink.execute("insert into orders values (1, 'old', 'old'), (2, 'old', 'old'), (3, 'old', 'old')");
        try (SinkTaskHarness task = sink.start(
                "insert.mode", "upsert", "pk.mode", "record_key", "pk.fields", "id", "delete.enabled", "true")) {
            List<SinkRecord> batch = new ArrayList<>();
            for (long round = 0; round < 20; round++) {
                batch.add(sink.keyed(1L, order(1, "round " + round)));
            }
            batch.add(sink.tombstone(2L));
            batch.add(sink.keyed(2L, order(2, "again")));
            batch.add(sink.keyed(3L, order(3, "short")));
            batch.add(sink.tombstone(3L));
            batch.add(sink.keyed(4L, order(4, "short")));
            batch.add(sink.tombstone(4L));
            for (long id = 10; id < 30; id++) {
                batch.add(sink.keyed(id, order(id, "more")));
            }
            task.put(batch);
        }
        assertThat(sink.query("select id, note, kept from orders where id < 10 order by id"))
                .containsExactly("1|round 19|old", "2|again|new");
        assertThat(sink.query("select count(*) from orders where note = 'more'"))
                .containsExactly("20");
    }

    @Test
    void updatesOnly() {
        sink.execute("create table orders (id bigint primary key, note text)");
        sink.execute("insert into orders select i, 'old' from generate_series(1, 30) i");
        try (SinkTaskHarness task = sink.start("insert.mode", "update", "pk.mode", "record_value", "pk.fields", "id")) {
            put(task, sink.record(order(1, "few")), sink.record(order(99, "few")));
            List<SinkRecord> many = new ArrayList<>();
            for (long id = 10; id < 60; id++) {
                many.add(sink.record(order(id, "many")));
            }
            task.put(many);
        }
        assertThat(sink.query("select note, count(*) from orders group by note order by note"))
                .containsExactly("few|1", "many|21", "old|8");
    }

    @Test
    void writesEveryTypeAsWhatItIs() {
        StructSchema schema = Schema.struct("All")
                .field("b", Schema.BOOLEAN)
                .field("i8", Schema.INT8)
                .field("i64", Schema.INT64)
                .field("f", Schema.FLOAT64)
                .field("d", LogicalType.decimal(2))
                .field("s", Schema.STRING)
                .field("bytes", Schema.BYTES)
                .field("day", LogicalType.DATE.schema())
                .field("clock", LogicalType.MICRO_TIME.schema())
                .field("at", LogicalType.MICRO_TIMESTAMP.schema())
                .field("ats", Schema.array(LogicalType.MICRO_TIMESTAMP.schema()))
                .field("names", Schema.array(Schema.STRING))
                .field("inner", ORDER)
                .field("counts", Schema.map(Schema.STRING, Schema.INT32))
                .build();
        Instant at = Instant.parse("2024-02-29T23:59:59.123456Z");
        Struct value = struct(
                schema,
                true,
                (byte) -8,
                Long.MIN_VALUE,
                Double.POSITIVE_INFINITY,
                new BigDecimal("-1234567890123456789.05"),
                "grün \uD83D\uDE00",
                new byte[] {0, 1, (byte) 0xFE},
                LocalDate.of(-43, 3, 15),
                LocalTime.of(1, 2, 3, 4_000),
                at,
                List.of(at),
                List.of("a\"b", "c\\d", "NULL", ""),
                order(1, "x"),
                Map.of("one", 1));
        try (SinkTaskHarness task = sink.start("auto.create", "true")) {
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                records.add(sink.record(value));
            }
            task.put(records);
            task.put(List.of(sink.record(value)));
        }
        String row =
                "t|-8|-9223372036854775808|Infinity|-1234567890123456789.05|grün \uD83D\uDE00|\\x0001fe|0044-03-15 BC"
                        + "|01:02:03.000004|2024-02-29 23:59:59.123456|{\"2024-02-29 23:59:59.123456\"}"
                        + "|{\"a\\\"b\",\"c\\\\d\",\"NULL\",\"\"}|{\"id\": 1, \"note\": \"x\"}|{\"one\": 1}";
        assertThat(sink.query("select distinct * from orders")).containsExactly(row);
        assertThat(sink.query("select string_agg(data_type, ',' order by ordinal_position) from"
                        + " information_schema.columns where table_name = 'orders'"))
                .containsExactly("boolean,smallint,bigint,double precision,numeric,text,bytea,date,"
                        + "time without time zone,timestamp without time zone,ARRAY,ARRAY,jsonb,jsonb");
    }

    @Test
    void createsATableFromJsonWithoutASchema() {
        Map<String, Object> value = new HashMap<>();
        value.put("n", 5L);
        value.put("f", 0.5);
        value.put("ok", true);
        value.put("s", "text");
        value.put("o", Map.of("a", List.of(1L, "x")));
        value.put("l", List.of(1L, 2L));
        value.put("unknown", null);
        try (SinkTaskHarness task = sink.start("auto.create", "true", "auto.evolve", "true")) {
            put(task, sink.json(value));
            value.put("unknown", "now known");
            put(task, sink.json(value));
        }
        assertThat(sink.query("select n, f, ok, s, o, l, unknown from orders order by unknown nulls first"))
                .containsExactly(
                        "5|0.5|t|text|{\"a\": [1, \"x\"]}|[1, 2]|-",
                        "5|0.5|t|text|{\"a\": [1, \"x\"]}|[1, 2]|now known");
        assertThat(sink.query("select string_agg(data_type, ',' order by column_name) from"
                        + " information_schema.columns where table_name = 'orders'"))
                .containsExactly("double precision,jsonb,bigint,jsonb,boolean,text,text");
    }

    @Test
    void addsColumnsAndWidensTypes() {
        sink.execute("create table orders (id smallint not null, price numeric(5,1), must text not null)");
        StructSchema wider = Schema.struct("Order")
                .field("id", Schema.INT64)
                .field("price", LogicalType.decimal(3))
                .field("extra", Schema.STRING.withDefault("none"))
                .build();
        try (SinkTaskHarness task = sink.start("schema.drift", "evolve", "auto.evolve.nullable", "true")) {
            put(task, sink.record(struct(wider, 1L << 40, new BigDecimal("123456.789"), "x")));
        }
        assertThat(sink.query("select * from orders")).containsExactly((1L << 40) + "|123456.789|-|x");
    }

    @Test
    void saysWhatDoesNotFit() {
        sink.execute("create table orders (id bigint, amount integer)");
        StructSchema schema = Schema.struct("Order")
                .field("id", Schema.INT64)
                .field("amount", Schema.array(Schema.INT32))
                .build();
        Struct value = struct(schema, 1L, List.of(1));
        try (SinkTaskHarness task = sink.start()) {
            assertThatThrownBy(() -> put(task, sink.record(value)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "Cannot write field amount (array) to column public.orders.amount (int4): a value of the"
                                    + " one cannot be stored as the other. Change the column's type, convert the field with a"
                                    + " transformation such as Cast, or leave it out with field.exclude.list.");
        }
        try (SinkTaskHarness task = sink.start("schema.drift", "ignore")) {
            put(task, sink.record(value));
        }
        assertThat(sink.query("select * from orders")).containsExactly("1|-");
    }

    @Test
    void refusesUnknownFieldsUnlessTheyMayBeLeftOut() {
        sink.execute("create table orders (id bigint)");
        try (SinkTaskHarness task = sink.start("schema.drift", "dlq")) {
            assertThatThrownBy(() -> put(task, sink.record(order(1, "x"))))
                    .isInstanceOf(DataException.class)
                    .hasMessage("Cannot write field note (string) to table public.orders: it has no column note. The"
                            + " columns are [id]. Add the column, set schema.drift to evolve or lenient, or leave the field"
                            + " out with field.exclude.list.");
        }
        try (SinkTaskHarness task = sink.start("schema.drift", "lenient")) {
            put(task, sink.record(order(1, "x")));
        }
        assertThat(sink.query("select * from orders")).containsExactly("1");
    }

    @Test
    void saysThatThereIsNoTable() {
        try (SinkTaskHarness task = sink.start()) {
            assertThatThrownBy(() -> put(task, sink.record(order(1, "x"))))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot write to table orders: there is none of that name. Create it, correct"
                            + " table.name.format, or set auto.create=true.");
        }
    }

    @Test
    void reportsBadRecordsWithTheWordsOfTheDatabaseAndWritesTheOthers() {
        sink.execute("create table orders (id bigint primary key check (id <> 13), note text)");
        FakeErrantRecords errant = sink.context().tolerateErrors(10);
        try (SinkTaskHarness task = sink.start()) {
            List<SinkRecord> records = new ArrayList<>();
            for (long id = 1; id <= 20; id++) {
                records.add(sink.record(order(id, id == 7 ? "nul \u0000" : "fine")));
            }
            records.add(sink.record(order(5, "twice")));
            task.put(records);
        }
        assertThat(sink.query("select count(*) from orders")).containsExactly("18");
        assertThat(errant.reports().stream().map(report -> report.failure().getMessage()))
                .containsExactly(
                        "Cannot write field note (string) to column public.orders.note (text): it holds the character"
                                + " U+0000, which no text of PostgreSQL can. Correct the record, or leave the field out with"
                                + " field.exclude.list.",
                        "Cannot write the record orders-0@12 to table public.orders: ERROR: new row for relation"
                                + " \"orders\" violates check constraint \"orders_id_check\" (SQL state 23514).",
                        "Cannot write the record orders-0@20 to table public.orders: ERROR: duplicate key value violates"
                                + " unique constraint \"orders_pkey\" (SQL state 23505).");
    }

    @Test
    void unwrapsEventsOfDebezium() {
        sink.execute("create table orders (id bigint primary key, note text)");
        sink.execute("insert into orders values (2, 'old')");
        StructSchema envelope = Schema.struct("server.public.orders.Envelope")
                .field("before", ORDER.optional())
                .field("after", ORDER.optional())
                .field("op", Schema.STRING)
                .build();
        try (SinkTaskHarness task = sink.start(
                "insert.mode",
                "upsert",
                "primary.key.mode",
                "record_value",
                "primary.key.fields",
                "id",
                "delete.enabled",
                "true")) {
            put(
                    task,
                    sink.record(struct(envelope, null, order(1, "made"), "c")),
                    sink.record(struct(envelope, order(1, "made"), order(1, "changed"), "u")),
                    sink.record(struct(envelope, order(2, "old"), null, "d")),
                    sink.record(struct(envelope, null, null, "m")));
        }
        assertThat(sink.query("select * from orders")).containsExactly("1|changed");
    }

    @Test
    void survivesHostileNames() {
        String table = "o\"; drop table x; --.'.\\";
        StructSchema schema = Schema.struct("Order")
                .field("id\"); drop table x; --", Schema.INT64)
                .field("a b.c", Schema.STRING)
                .field("select", Schema.STRING)
                .build();
        sink.execute("create table x (id int)");
        try (SinkTaskHarness task = sink.start(
                "auto.create",
                "true",
                "table.name.format",
                "\"${topic}\"",
                "insert.mode",
                "upsert",
                "pk.mode",
                "record_value",
                "pk.fields",
                "id\"); drop table x; --")) {
            List<SinkRecord> records = new ArrayList<>();
            for (long id = 0; id < 10; id++) {
                Struct value = struct(schema, id, "'); drop table x; --", "\\.");
                records.add(sink.record(table, SchemaAndValue.NULL, SchemaAndValue.of(schema, value)));
            }
            task.put(records);
            task.put(records.subList(0, 2));
        }
        assertThat(sink.query("select count(*) from \"" + table.replace("\"", "\"\"") + "\" where \"select\" = '\\.'"))
                .containsExactly("10");
        assertThat(sink.query("select count(*) from x")).containsExactly("0");
    }

    @Test
    void leavesColumnsAloneThatTheDatabaseFills() {
        sink.execute(
                "create table orders (id bigint generated always as identity, note text, twice text generated always"
                        + " as (note || note) stored)");
        StructSchema schema = Schema.struct("Order")
                .field("id", Schema.INT64)
                .field("note", Schema.STRING)
                .field("twice", Schema.STRING)
                .build();
        try (SinkTaskHarness task = sink.start()) {
            put(task, sink.record(struct(schema, 77L, "a", "b")));
            assertThatThrownBy(() -> {
                        try (SinkTaskHarness upsert =
                                sink.start("insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "id")) {
                            put(upsert, sink.record(struct(schema, 77L, "a", "b")));
                        }
                    })
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "Cannot upsert into table public.orders: its key column id always gets its value from the"
                                    + " database. Make it GENERATED BY DEFAULT, or choose another key.");
        }
        assertThat(sink.query("select * from orders")).containsExactly("1|a|aa");
    }

    @Test
    void writesViewsAndPartitionedTables() {
        sink.execute("create table base (id bigint primary key, note text)");
        sink.execute("create view orders as select * from base");
        sink.execute("create table parted (id bigint primary key, note text) partition by range (id)");
        sink.execute("create table parted_1 partition of parted for values from (0) to (1000)");
        for (String table : List.of("orders", "parted")) {
            try (SinkTaskHarness task = sink.start("table.name.format", table)) {
                List<SinkRecord> records = new ArrayList<>();
                for (long id = 0; id < 20; id++) {
                    records.add(sink.record(order(id, "x")));
                }
                task.put(records);
            }
        }
        assertThat(sink.query("select (select count(*) from base), (select count(*) from parted)"))
                .containsExactly("20|20");
    }

    @Test
    void writesWideTables() {
        StructSchema.Builder wide = Schema.struct("Wide");
        Object[] values = new Object[300];
        for (int i = 0; i < 300; i++) {
            wide.field("c" + i, Schema.INT32);
            values[i] = i;
        }
        StructSchema schema = wide.build();
        try (SinkTaskHarness task = sink.start(
                "auto.create", "true", "insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "c0")) {
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Object[] own = values.clone();
                own[0] = i;
                records.add(sink.record(struct(schema, own)));
            }
            task.put(records);
            task.put(records.subList(0, 3));
        }
        assertThat(sink.query("select count(*), min(c299) from orders")).containsExactly("300|299");
    }

    @Test
    void writesTablesByRulesOfTheirOwn() {
        sink.execute("create table orders (id bigint primary key, note text)");
        sink.execute("create table log (note text)");
        try (SinkTaskHarness task = sink.start(
                "insert.mode",
                "upsert",
                "pk.mode",
                "record_value",
                "pk.fields",
                "id",
                "table.log.insert.mode",
                "insert",
                "table.log.pk.mode",
                "none",
                "table.log.fields.include",
                "note")) {
            Struct value = order(1, "x");
            SchemaAndValue data = SchemaAndValue.of(ORDER, value);
            put(
                    task,
                    sink.record(value),
                    sink.record("log", SchemaAndValue.NULL, data),
                    sink.record(value),
                    sink.record("log", SchemaAndValue.NULL, data));
        }
        assertThat(sink.query("select (select count(*) from orders), (select count(*) from log)"))
                .containsExactly("1|2");
    }

    @Test
    void namesTheMissingIndexOfAnUpsert() {
        sink.execute("create table orders (id bigint, note text)");
        try (SinkTaskHarness task = sink.start("insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "id")) {
            assertThatThrownBy(() -> put(task, sink.record(order(1, "x"))))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("An upsert needs a unique index on exactly the columns of the key.");
        }
    }

    @Test
    void undoesTheWholeBatchAcrossTables() {
        sink.execute("create table orders (id bigint primary key, note text)");
        sink.execute("create table other (id bigint check (id < 5), note text)");
        SinkRecord good = sink.record(order(1, "x"));
        Struct bad = order(9, "x");
        SinkRecord poison = sink.record("other", SchemaAndValue.NULL, SchemaAndValue.of(ORDER, bad));
        try (SinkTaskHarness task = sink.start()) {
            assertThatThrownBy(() -> put(task, good, poison)).isInstanceOf(DataException.class);
            assertThat(sink.query("select count(*) from orders")).containsExactly("0");
            put(task, good);
        }
        assertThat(sink.query("select count(*) from orders")).containsExactly("1");
    }

    @Test
    void undoesWhatWasCopiedBeforeARecordThatCannotBeWritten() {
        sink.execute("create table orders (id bigint primary key, note text)");
        sink.execute("create table other (id bigint, note text)");
        List<SinkRecord> batch = new ArrayList<>();
        for (long id = 0; id < 20; id++) {
            batch.add(sink.record(order(id, "x")));
        }
        SchemaAndValue nul = SchemaAndValue.of(ORDER, order(1, "\u0000"));
        batch.add(sink.record("other", SchemaAndValue.NULL, nul));
        try (SinkTaskHarness task = sink.start()) {
            assertThatThrownBy(() -> task.put(batch)).isInstanceOf(DataException.class);
            assertThat(sink.query("select count(*) from orders")).containsExactly("0");
            task.put(batch.subList(0, 20));
        }
        assertThat(sink.query("select count(*) from orders")).containsExactly("20");
    }

    @Test
    void usesAColumnAsItIsThatCannotBeWidened() {
        sink.execute("create table orders (id integer, note varchar(5))");
        sink.execute("create view seen as select id from orders");
        try (SinkTaskHarness task = sink.start("auto.evolve", "true")) {
            put(task, sink.record(order(1, "x")));
            SinkRecord large = sink.record(order(1L << 40, "x"));
            assertThatThrownBy(() -> put(task, large))
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "Cannot write the record orders-0@1 to table public.orders: ERROR: value \"1099511627776\""
                                    + " is out of range for type integer (SQL state 22003).");
        }
        assertThat(sink.query("select * from orders")).containsExactly("1|x");
        assertThat(sink.query(
                        "select character_maximum_length from information_schema.columns where column_name = 'note'"
                                + " and table_name = 'orders'"))
                .containsExactly("5");
    }

    @Test
    void looksAtATableAgainThatHasChanged() {
        sink.execute("create table orders (id bigint, note text)");
        String[] upsert = {"insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "id"};
        sink.execute("create unique index on orders (id)");
        List<SinkRecord> batch = new ArrayList<>();
        for (long id = 0; id < 20; id++) {
            batch.add(sink.record(order(id, "5")));
        }
        try (SinkTaskHarness task = sink.start(upsert)) {
            task.put(batch);
            sink.execute("alter table orders alter column note type integer using note::integer");
            task.put(batch);
            sink.execute("drop table orders");
            sink.execute("create table orders (note text, id bigint primary key)");
            task.put(batch);
        }
        assertThat(sink.query("select count(*), min(note) from orders")).containsExactly("20|5");
    }

    @Test
    void emptiesTablesAsDebeziumSays() {
        sink.execute("create table orders (id bigint primary key, note text)");
        sink.execute("insert into orders values (7, 'old')");
        StructSchema envelope = Schema.struct("server.public.orders.Envelope")
                .field("before", ORDER.optional())
                .field("after", ORDER.optional())
                .field("op", Schema.STRING)
                .build();
        try (SinkTaskHarness task = sink.start("truncate.enabled", "true")) {
            put(
                    task,
                    sink.record(struct(envelope, null, order(1, "gone"), "c")),
                    sink.record(struct(envelope, null, null, "t")),
                    sink.record(struct(envelope, null, order(2, "there"), "c")));
        }
        assertThat(sink.query("select * from orders")).containsExactly("2|there");
    }
}
