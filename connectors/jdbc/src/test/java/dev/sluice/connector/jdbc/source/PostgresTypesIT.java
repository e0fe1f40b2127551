package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.RowValues;
import dev.sluice.connector.jdbc.type.PostgresSchemas;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of PostgreSQL that matters, as it arrives. */
final class PostgresTypesIT extends PostgresCase {
    private static Arguments type(String type, String sql, Schema schema, Object value) {
        return Arguments.of(type, sql, schema, value);
    }

    static List<Arguments> types() {
        Schema timestamp = LogicalType.TIMESTAMP.schema();
        return List.of(
                type("boolean", "true", Schema.BOOLEAN, true),
                type("smallint", "-32768", Schema.INT16, Short.MIN_VALUE),
                type("integer", "-2147483648", Schema.INT32, Integer.MIN_VALUE),
                type("bigint", "-9223372036854775808", Schema.INT64, Long.MIN_VALUE),
                type("oid", "4294967295", Schema.INT64, 4_294_967_295L),
                type("real", "1.1", Schema.FLOAT32, 1.1f),
                type("double precision", "0.1", Schema.FLOAT64, 0.1),
                type("double precision", "-1.7976931348623157e308", Schema.FLOAT64, -Double.MAX_VALUE),
                type("double precision", "'NaN'", Schema.FLOAT64, Double.NaN),
                type("numeric(12,3)", "-123456789.5", LogicalType.decimal(3), new BigDecimal("-123456789.500")),
                type(
                        "numeric(40,20)",
                        "12345678901234567890.12345678901234567890",
                        LogicalType.decimal(20),
                        new BigDecimal("12345678901234567890.12345678901234567890")),
                type(
                        "numeric",
                        "0.1234567890123456789012345678901234567890",
                        Schema.STRING,
                        "0.1234567890123456789012345678901234567890"),
                type("money", "'-1234.56'", LogicalType.decimal(2), new BigDecimal("-1234.56")),
                type(
                        "text",
                        "E'tab\\tline\\nback\\\\slash \\\\N Grüße 😀'",
                        Schema.STRING,
                        "tab\tline\nback\\slash \\N Grüße 😀"),
                type("text", "''", Schema.STRING, ""),
                type("varchar(10)", "'abc'", Schema.STRING, "abc"),
                type("char(5)", "'abc'", Schema.STRING, "abc  "),
                type("name", "'n'", Schema.STRING, "n"),
                type("bytea", "'\\x00ff5c0a'", Schema.BYTES, new byte[] {0, (byte) 0xff, '\\', '\n'}),
                type("date", "'2026-11-27'", LogicalType.DATE.schema(), LocalDate.of(2026, 11, 27)),
                type("date", "'0044-03-15 BC'", LogicalType.DATE.schema(), LocalDate.of(-43, 3, 15)),
                type("date", "'1500-01-01'", LogicalType.DATE.schema(), LocalDate.of(1500, 1, 1)),
                type("date", "'12026-01-01'", LogicalType.DATE.schema(), LocalDate.of(12026, 1, 1)),
                type("time", "'23:59:59.999999'", LogicalType.TIME.schema(), LocalTime.of(23, 59, 59, 999_999_000)),
                type("timetz", "'12:00+02'", Schema.STRING, "12:00:00+02"),
                type(
                        "timestamp",
                        "'2026-11-27 20:15:01.123456'",
                        timestamp,
                        Instant.parse("2026-11-27T20:15:01.123456Z")),
                type(
                        "timestamptz",
                        "'2026-11-27 20:15:01.5+03:30'",
                        timestamp,
                        Instant.parse("2026-11-27T16:45:01.5Z")),
                type(
                        "timestamp",
                        "'1969-12-31 23:59:59.999999'",
                        timestamp,
                        Instant.parse("1969-12-31T23:59:59.999999Z")),
                type("timestamp(0)", "'1500-02-28 01:02:03'", timestamp, Instant.parse("1500-02-28T01:02:03Z")),
                type("interval", "'1 year 2 mons 3 days 04:05:06.7'", Schema.STRING, "P1Y2M3DT4H5M6.7S"),
                type("bit(1)", "B'1'", Schema.BOOLEAN, true),
                type("bit(5)", "B'10110'", Schema.STRING, "10110"),
                type("bit varying", "B'101'", Schema.STRING, "101"),
                type("json", "'{\"a\": 1}'", Schema.STRING.withName(PostgresSchemas.JSON), "{\"a\": 1}"),
                type("jsonb", "'{\"a\":[1,null]}'", Schema.STRING.withName(PostgresSchemas.JSON), "{\"a\": [1, null]}"),
                type(
                        "uuid",
                        "'00112233-4455-6677-8899-AABBCCDDEEFF'",
                        Schema.STRING.withName(PostgresSchemas.UUID),
                        "00112233-4455-6677-8899-aabbccddeeff"),
                type("xml", "'<a/>'", Schema.STRING.withName(PostgresSchemas.XML), "<a/>"),
                type("inet", "'10.0.0.1/8'", Schema.STRING, "10.0.0.1/8"),
                type("cidr", "'10.0.0.0/8'", Schema.STRING, "10.0.0.0/8"),
                type("macaddr", "'08:00:2b:01:02:03'", Schema.STRING, "08:00:2b:01:02:03"),
                type("int4range", "'[1,5)'", Schema.STRING, "[1,5)"),
                type("tstzrange", "'[2026-01-01 00:00+00,)'", Schema.STRING, "[\"2026-01-01 00:00:00+00\",)"),
                type("point", "'(1,2)'", Schema.STRING, "(1,2)"),
                type("tsvector", "'a b'", Schema.STRING, "'a' 'b'"),
                type("mood", "'so so'", Schema.STRING, "so so"),
                type("positive", "7", Schema.INT32, 7),
                type("pair", "row(1,'x y')", Schema.STRING, "(1,\"x y\")"),
                type("integer[]", "'{1,NULL,3}'", Schema.array(Schema.INT32.optional()), Arrays.asList(1, null, 3)),
                type("integer[]", "'{}'", Schema.array(Schema.INT32.optional()), List.of()),
                type(
                        "text[]",
                        "array['a,b','\"q\"','', 'NULL', 'back\\slash', null]",
                        Schema.array(Schema.STRING.optional()),
                        Arrays.asList("a,b", "\"q\"", "", "NULL", "back\\slash", null)),
                type(
                        "numeric(6,2)[]",
                        "'{1.5,2}'",
                        Schema.array(LogicalType.decimal(2).optional()),
                        List.of(new BigDecimal("1.50"), new BigDecimal("2.00"))),
                type(
                        "timestamptz[]",
                        "'{\"2026-01-01 00:00+00\"}'",
                        Schema.array(timestamp.optional()),
                        List.of(Instant.parse("2026-01-01T00:00:00Z"))),
                type(
                        "uuid[]",
                        "'{00112233-4455-6677-8899-aabbccddeeff}'",
                        Schema.array(
                                Schema.STRING.withName(PostgresSchemas.UUID).optional()),
                        List.of("00112233-4455-6677-8899-aabbccddeeff")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void mapsEachType(String type, String sql, Schema schema, Object value) {
        postgres.execute("create type mood as enum ('sad', 'so so'); create domain positive as int check (value > 0);"
                + " create type pair as (a int, b text)");
        postgres.execute("create table t (filled " + type + " not null, empty " + type + ")");
        postgres.execute("insert into t values (" + sql + ", null)");

        SourceRecord record = first("public.t");

        Struct row = RowValues.row(record);
        assertThat(row.schema().name()).isEqualTo("t");
        assertThat(row.schema().field("empty").orElseThrow().schema()).isEqualTo(schema.optional());
        assertThat(row.get("filled")).isEqualTo(value);
        assertThat(row.get("empty")).isNull();
        row.schema().check(row);
    }

    @Test
    void mapsHstore() {
        postgres.execute("create extension if not exists hstore; create table t (h hstore)");
        postgres.execute("insert into t values ('a=>1, \"b \\\" c\"=>\"x, y\", n=>NULL')");
        Map<String, @Nullable String> expected = new TreeMap<>();
        expected.put("a", "1");
        expected.put("b \" c", "x, y");
        expected.put("n", null);

        assertThat(RowValues.field(first("public.t"), "h")).isEqualTo(expected);
    }

    static List<Arguments> numbers() {
        return List.of(
                Arguments.of("none", "numeric(4,0)", LogicalType.decimal(0), new BigDecimal("12")),
                Arguments.of("precision_only", "numeric(2,0)", Schema.INT8, (byte) 12),
                Arguments.of("precision_only", "numeric(4,0)", Schema.INT16, (short) 12),
                Arguments.of("precision_only", "numeric(9,0)", Schema.INT32, 12),
                Arguments.of("precision_only", "numeric(18,0)", Schema.INT64, 12L),
                Arguments.of("precision_only", "numeric(19,0)", LogicalType.decimal(0), new BigDecimal("12")),
                Arguments.of("precision_only", "numeric(9,2)", LogicalType.decimal(2), new BigDecimal("12.00")),
                Arguments.of("best_fit", "numeric(9,2)", Schema.FLOAT64, 12.0),
                Arguments.of("best_fit", "numeric(30,2)", LogicalType.decimal(2), new BigDecimal("12.00")),
                Arguments.of("best_fit", "numeric", Schema.STRING, "12"),
                Arguments.of("best_fit_eager_double", "numeric(30,2)", Schema.FLOAT64, 12.0),
                Arguments.of("best_fit_eager_double", "numeric", Schema.FLOAT64, 12.0));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void mapsDecimalsAsNumericMappingSays(String mapping, String type, Schema schema, Object value) {
        postgres.execute("create table t (n " + type + " not null); insert into t values (12)");

        Struct row = RowValues.row(first("public.t", "numeric.mapping", mapping));

        assertThat(row.schema().field("n").orElseThrow().schema()).isEqualTo(schema);
        assertThat(row.get("n")).isEqualTo(value);
    }

    static List<Arguments> times() {
        return List.of(
                Arguments.of(
                        "connect_micros",
                        LogicalType.MICRO_TIMESTAMP.schema(),
                        Instant.parse("2026-07-01T10:00:00.123456Z")),
                Arguments.of("micros_long", Schema.INT64, 1_782_900_000_123_456L),
                Arguments.of("micros_string", Schema.STRING, "1782900000123456"),
                Arguments.of("micros_iso_datetime_string", Schema.STRING, "2026-07-01T12:00:00.123456"),
                Arguments.of("nanos_long", Schema.INT64, 1_782_900_000_123_456_000L),
                Arguments.of("nanos_string", Schema.STRING, "1782900000123456000"),
                Arguments.of("nanos_iso_datetime_string", Schema.STRING, "2026-07-01T12:00:00.123456000"));
    }

    @ParameterizedTest
    @MethodSource("times")
    void mapsTimesAsGranularityAndZoneSay(String granularity, Schema schema, Object value) {
        postgres.execute("create table t (at timestamp not null)");
        postgres.execute("insert into t values ('2026-07-01 12:00:00.123456')");

        Struct row =
                RowValues.row(first("public.t", "timestamp.granularity", granularity, "db.timezone", "Europe/Vienna"));

        assertThat(row.schema().field("at").orElseThrow().schema()).isEqualTo(schema);
        assertThat(row.get("at")).isEqualTo(value);
    }

    @Test
    void countsOldDaysAsTheCalendarSays() {
        postgres.execute("create table t (d date); insert into t values ('1500-01-01')");

        assertThat(RowValues.field(first("public.t", "date.calendar.system", "LEGACY"), "d"))
                .as("the Julian first of January in days of the Gregorian calendar")
                .isEqualTo(LocalDate.of(1500, 1, 10));
    }

    @Test
    void readsInfinityAsTheLastMicrosecond() {
        postgres.execute("create table t (a timestamptz, b date, c timestamp)");
        postgres.execute("insert into t values ('infinity', 'infinity', '-infinity')");

        Struct row = RowValues.row(first("public.t", "timestamp.granularity", "micros_long"));

        assertThat(row.get("a")).isEqualTo(Long.MAX_VALUE);
        assertThat(row.get("b")).isEqualTo(LocalDate.ofEpochDay(Integer.MAX_VALUE));
        assertThat(row.get("c")).isEqualTo(-9_223_372_036_854_000_000L);
    }

    @Test
    void readsLargeValuesWhole() {
        postgres.execute("create table t (b bytea, s text)");
        postgres.execute("insert into t values (decode(repeat('ab', 3000000), 'hex'), repeat('ü', 3000000))");

        Struct row = RowValues.row(first("public.t"));

        assertThat((byte[]) row.get("b")).hasSize(3_000_000).contains((byte) 0xab);
        assertThat(String.valueOf(row.get("s")).getBytes(StandardCharsets.UTF_8))
                .hasSize(6_000_000);
    }
}
