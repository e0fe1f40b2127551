package dev.sluice.connector.jdbc.sink;

import static dev.sluice.connector.jdbc.sink.SinkFixture.PARTITION;
import static dev.sluice.connector.jdbc.sink.SinkFixture.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.server.TestingMariaDb;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sink on the other databases that run here: all modes, types, changes of tables, exactly-once delivery. */
final class OtherDatabasesIT {
    private static final StructSchema ORDER = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("note", Schema.STRING.optional())
            .build();

    @TempDir
    private Path folder;

    private @Nullable TestingMariaDb mariaDb;

    /** Where a test runs. */
    enum Place {
        H2("\""),
        SQLITE("\""),
        MARIADB("`");

        private final String quote;

        Place(String quote) {
            this.quote = quote;
        }

        String quoted(String name) {
            return quote + name + quote;
        }
    }

    private SinkFixture sink(Place place) {
        return switch (place) {
            case H2 -> at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
            case SQLITE -> at("jdbc:sqlite:" + folder.resolve("test.db"), "", "");
            case MARIADB -> mariaDb();
        };
    }

    private SinkFixture mariaDb() {
        assumeTrue(TestingMariaDb.isAvailable(), "no MariaDB here");
        TestingMariaDb created = TestingMariaDb.create();
        mariaDb = created;
        created.execute("alter database " + created.database() + " character set utf8mb4");
        return at(created.jdbcUrl(), created.user(), created.password());
    }

    private static SinkFixture at(String url, String user, String password) {
        return new SinkFixture(
                () -> DriverManager.getConnection(url, user, password),
                Map.of(
                        "connection.url", url,
                        "connection.user", user,
                        "connection.password", password,
                        "connection.attempts", "1",
                        "auto.create", "true"));
    }

    @AfterEach
    void drop() {
        TestingMariaDb created = mariaDb;
        if (created != null) {
            created.close();
        }
    }

    private static Struct order(long id, @Nullable String note) {
        return struct(ORDER, id, note);
    }

    @ParameterizedTest
    @EnumSource
    void insertsUpsertsUpdatesAndDeletes(Place place) {
        SinkFixture sink = sink(place);
        String all = "select * from " + place.quoted("orders") + " order by " + place.quoted("id");
        String[] byKey = {"pk.mode", "record_key", "pk.fields", "id", "delete.enabled", "true"};
        try (SinkTaskHarness task = sink.start(byKey)) {
            List<SinkRecord> records = new ArrayList<>();
            for (long id = 0; id < 2_500; id++) {
                records.add(sink.keyed(id, order(id, "a")));
            }
            task.put(records);
        }
        assertThat(sink.query("select count(*) from " + place.quoted("orders"))).containsExactly("2500");
        try (SinkTaskHarness task = sink.start(with(byKey, "insert.mode", "upsert"))) {
            List<SinkRecord> records = new ArrayList<>();
            for (long id = 4; id < 2_500; id++) {
                records.add(sink.tombstone(id));
            }
            records.add(sink.keyed(1L, order(1, "first")));
            records.add(sink.keyed(1L, order(1, "b")));
            records.add(sink.keyed(2L, order(2, "'; drop table orders; --")));
            records.add(sink.tombstone(3L));
            records.add(sink.keyed(9L, order(9, null)));
            task.put(records);
        }
        try (SinkTaskHarness task = sink.start(with(byKey, "insert.mode", "update"))) {
            task.put(List.of(sink.keyed(0L, order(0, "c")), sink.keyed(77L, order(77, "c"))));
        }
        assertThat(sink.query(all)).containsExactly("0|c", "1|b", "2|'; drop table orders; --", "9|-");
    }

    private static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryTypeAsWhatItIs(Place place) {
        StructSchema schema = Schema.struct("All")
                .field("b", Schema.BOOLEAN)
                .field("i16", Schema.INT16)
                .field("i64", Schema.INT64)
                .field("f", Schema.FLOAT64)
                .field("d", LogicalType.decimal(2))
                .field("s", Schema.STRING)
                .field("bytes", Schema.BYTES)
                .field("day", LogicalType.DATE.schema())
                .field("clock", LogicalType.TIME.schema())
                .field("at", LogicalType.MICRO_TIMESTAMP.schema())
                .field("names", Schema.array(Schema.STRING))
                .field("inner", ORDER)
                .build();
        Struct value = struct(
                schema,
                true,
                (short) -8,
                Long.MAX_VALUE,
                0.5,
                new BigDecimal("-12345678901234567.05"),
                "grün \uD83D\uDE00",
                new byte[] {65, 66},
                LocalDate.of(1500, 2, 28),
                LocalTime.of(1, 2, 3),
                Instant.parse("2024-02-29T23:59:59.123456Z"),
                List.of("a\"b"),
                order(1, "x"));
        SinkFixture sink = sink(place);
        try (SinkTaskHarness task = sink.start()) {
            task.put(List.of(sink.record(value)));
        }
        String truth = place == Place.H2 ? "TRUE" : "1";
        String inner = "{\"id\":1,\"note\":\"x\"}";
        assertThat(sink.query("select * from " + place.quoted("orders")))
                .containsExactly(
                        truth + "|-8|9223372036854775807|0.5|-12345678901234567.05|grün \uD83D\uDE00|AB|1500-02-28"
                                + "|01:02:03" + (place == Place.MARIADB ? ".000000" : "")
                                + "|2024-02-29 23:59:59.123456|[\"a\\\"b\"]|" + inner);
    }

    @ParameterizedTest
    @EnumSource
    void takesJsonWithoutASchemaAndAddsColumns(Place place) {
        SinkFixture sink = sink(place);
        try (SinkTaskHarness task = sink.start("auto.evolve", "true")) {
            task.put(List.of(sink.json(Map.of("n", 5L))));
            task.put(List.of(sink.json(Map.of("n", 6L, "more", Map.of("a", true)))));
        }
        assertThat(sink.query("select n, more from (select " + place.quoted("n") + " as n, " + place.quoted("more")
                        + " as more from " + place.quoted("orders") + ") x order by n"))
                .containsExactly("5|-", "6|{\"a\":true}");
    }

    @ParameterizedTest
    @EnumSource
    void blamesTheRecordForAValueThatTheDatabaseRefuses(Place place) {
        SinkFixture sink = sink(place);
        try (SinkTaskHarness task = sink.start("pk.mode", "record_value", "pk.fields", "id")) {
            task.put(List.of(sink.record(order(1, "x"))));
            assertThatThrownBy(() -> task.put(List.of(sink.record(order(2, "y")), sink.record(order(1, "again")))))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("Cannot write records to table ");
        }
        assertThat(sink.query("select count(*) from " + place.quoted("orders"))).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void writesEachRecordOnceIfAsked(Place place) {
        SinkFixture sink = sink(place);
        List<SinkRecord> batch = List.of(sink.record(order(1, "x")), sink.record(order(2, "x")));
        try (SinkTaskHarness task = sink.start("exactly.once", "true")) {
            task.put(batch);
            task.put(batch);
        }
        try (SinkTaskHarness task = sink.start(sink.context().restarted(), "exactly.once", "true")) {
            assertThat(task.context().takeSeeks()).containsExactly(Map.entry(PARTITION, 2L));
            task.put(batch);
        }
        assertThat(sink.query("select count(*) from " + place.quoted("orders"))).containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource
    void keepsHostileNamesApart(Place place) {
        String table = "o'r`d\"e]r; drop";
        StructSchema schema =
                Schema.struct("Order").field("i\"d`]'", Schema.INT64).build();
        SinkFixture sink = sink(place);
        try (SinkTaskHarness task = sink.start("table.name.format", "\"${topic}\"")) {
            SchemaAndValue value = SchemaAndValue.of(schema, struct(schema, 5L));
            task.put(List.of(sink.record(table, SchemaAndValue.NULL, value)));
        }
        String name = place == Place.MARIADB ? "`o'r``d\"e]r; drop`" : "\"o'r`d\"\"e]r; drop\"";
        assertThat(sink.query("select * from " + name)).containsExactly("5");
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingToSayAboutGoodSettings(Place place) {
        SinkFixture sink = sink(place);
        sink.execute("create table " + place.quoted("orders") + " (" + place.quoted("id") + " bigint primary key, "
                + place.quoted("note") + " varchar(20))");
        assertThat(sink.problems(
                        List.of(sink.record(order(1, "x"))),
                        "insert.mode",
                        "upsert",
                        "pk.mode",
                        "record_value",
                        "pk.fields",
                        "id"))
                .isEmpty();
        assertThat(sink.problems(List.of(), "insert.mode", "upsert", "pk.mode", "record_value", "pk.fields", "note"))
                .singleElement()
                .asString()
                .contains("it has no unique index on exactly these columns");
    }
}
