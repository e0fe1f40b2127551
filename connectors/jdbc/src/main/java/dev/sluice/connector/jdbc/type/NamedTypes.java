package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import dev.sluice.connector.jdbc.dialect.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The meanings that Debezium gives to schemas by their names, as its documentation lists them. */
final class NamedTypes {
    private static final Map<String, Named> ALL = Map.ofEntries(
            entry("io.debezium.time.Date", SchemaType.INT32, ValueKind.DATE, ColumnKind.DATE, 0, NamedTypes::day),
            entry(
                    "io.debezium.time.Time",
                    SchemaType.INT32,
                    ValueKind.TIME,
                    ColumnKind.TIME,
                    3,
                    NamedTypes::millisOfDay),
            entry(
                    "io.debezium.time.NanoTime",
                    SchemaType.INT64,
                    ValueKind.TIME,
                    ColumnKind.TIME,
                    6,
                    NamedTypes::nanosOfDay),
            entry(
                    "io.debezium.time.Timestamp",
                    SchemaType.INT64,
                    ValueKind.INSTANT,
                    ColumnKind.TIMESTAMP,
                    3,
                    NamedTypes::millis),
            entry(
                    "io.debezium.time.NanoTimestamp",
                    SchemaType.INT64,
                    ValueKind.INSTANT,
                    ColumnKind.TIMESTAMP,
                    6,
                    NamedTypes::nanos),
            entry(
                    "io.debezium.time.ZonedTimestamp",
                    SchemaType.STRING,
                    ValueKind.INSTANT,
                    ColumnKind.INSTANT,
                    6,
                    NamedTypes::zoned),
            entry(
                    "io.debezium.data.Json",
                    SchemaType.STRING,
                    ValueKind.JSON,
                    ColumnKind.JSON,
                    0,
                    UnaryOperator.identity()),
            entry(
                    "io.debezium.data.Uuid",
                    SchemaType.STRING,
                    ValueKind.UUID,
                    ColumnKind.UUID,
                    0,
                    UnaryOperator.identity()),
            entry(
                    "io.debezium.data.VariableScaleDecimal",
                    SchemaType.STRUCT,
                    ValueKind.DECIMAL,
                    ColumnKind.DECIMAL,
                    0,
                    NamedTypes::decimal));

    private NamedTypes() {}

    private record Named(SchemaType base, ValueKind kind, SqlType wanted, UnaryOperator<Object> plain) {}

    private static Map.Entry<String, Named> entry(
            String name, SchemaType base, ValueKind kind, ColumnKind column, int scale, UnaryOperator<Object> plain) {
        return Map.entry(name, new Named(base, kind, new SqlType(column, 0, scale, null), plain));
    }

    static Optional<FieldType> of(Schema schema) {
        String name = schema.name();
        Named named = name == null ? null : ALL.get(name);
        return named == null || named.base() != schema.type()
                ? Optional.empty()
                : Optional.of(new FieldType(named.kind(), schema, named.wanted(), named.plain()));
    }

    private static Object day(Object days) {
        return LocalDate.ofEpochDay(((Number) days).longValue());
    }

    private static Object millisOfDay(Object millis) {
        return LocalTime.ofNanoOfDay(((Number) millis).longValue() * 1_000_000);
    }

    private static Object nanosOfDay(Object nanos) {
        return LocalTime.ofNanoOfDay(((Number) nanos).longValue());
    }

    private static Object millis(Object millis) {
        return Instant.ofEpochMilli(((Number) millis).longValue());
    }

    private static Object nanos(Object nanos) {
        return Instant.EPOCH.plus(((Number) nanos).longValue(), ChronoUnit.NANOS);
    }

    private static Object zoned(Object text) {
        try {
            return OffsetDateTime.parse(text.toString()).toInstant();
        } catch (DateTimeException malformed) {
            throw new DataException("it is no time with a zone in ISO 8601", malformed);
        }
    }

    private static Object decimal(Object struct) {
        Struct value = (Struct) struct;
        Integer scale = value.get("scale", Integer.class);
        byte[] unscaled = value.get("value", byte[].class);
        if (scale == null || unscaled == null) {
            throw new DataException("its scale or value is null");
        }
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
