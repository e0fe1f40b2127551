package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says what becomes of points in time. */
public enum TimestampGranularity {
    /** Kafka Connect's {@code Timestamp}: milliseconds. */
    CONNECT_LOGICAL,
    /** The logical type {@code io.debezium.time.MicroTimestamp}: microseconds. */
    CONNECT_MICROS,
    /** Microseconds since 1970 as a 64-bit integer. */
    MICROS_LONG,
    /** The same as a text of digits. */
    MICROS_STRING,
    /** Date and time of day with six digits behind the second, in the database's time zone. */
    MICROS_ISO_DATETIME_STRING,
    /** Nanoseconds since 1970 as a 64-bit integer. */
    NANOS_LONG,
    /** The same as a text of digits. */
    NANOS_STRING,
    /** Date and time of day with nine digits behind the second, in the database's time zone. */
    NANOS_ISO_DATETIME_STRING;

    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final DateTimeFormatter ISO_MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final DateTimeFormatter ISO_NANOS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    /** Returns the required schema. */
    public Schema schema() {
        return switch (this) {
            case CONNECT_LOGICAL -> LogicalType.TIMESTAMP.schema();
            case CONNECT_MICROS -> LogicalType.MICRO_TIMESTAMP.schema();
            case MICROS_LONG, NANOS_LONG -> Schema.INT64;
            case MICROS_STRING, MICROS_ISO_DATETIME_STRING, NANOS_STRING, NANOS_ISO_DATETIME_STRING -> Schema.STRING;
        };
    }

    /** Returns the schema of a time of day, which comes as finely as points in time do. */
    public Schema timeOfDay() {
        return this == CONNECT_LOGICAL ? LogicalType.TIME.schema() : LogicalType.MICRO_TIME.schema();
    }

    /** Returns the value that fits {@link #schema}; numbers of nanoseconds end in the year 2262. */
    public Object value(Instant time, ZoneId zone) {
        return switch (this) {
            case CONNECT_LOGICAL, CONNECT_MICROS -> time;
            case MICROS_LONG -> since(time, MICROS);
            case MICROS_STRING -> Long.toString(since(time, MICROS));
            case NANOS_LONG -> since(time, NANOS);
            case NANOS_STRING -> Long.toString(since(time, NANOS));
            case MICROS_ISO_DATETIME_STRING -> ISO_MICROS.format(time.atZone(zone));
            case NANOS_ISO_DATETIME_STRING -> ISO_NANOS.format(time.atZone(zone));
        };
    }

    private static long since(Instant time, long unitsPerSecond) {
        try {
            long whole = Math.multiplyExact(time.getEpochSecond(), unitsPerSecond);
            return Math.addExact(whole, time.getNano() / (NANOS / unitsPerSecond));
        } catch (ArithmeticException beyond) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
