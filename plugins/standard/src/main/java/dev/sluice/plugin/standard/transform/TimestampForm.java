package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The forms in which data holds points in time. All go through milliseconds since 1970-01-01T00:00Z, as in Kafka Connect. */
enum TimestampForm {
    STRING("string"),
    UNIX("unix"),
    DATE("Date"),
    TIME("Time"),
    TIMESTAMP("Timestamp");

    private final String word;

    TimestampForm(String word) {
        this.word = word;
    }

    /** Returns the names as settings write them. */
    static String[] words() {
        return Arrays.stream(values()).map(form -> form.word).toArray(String[]::new);
    }

    static TimestampForm named(String word) {
        return Arrays.stream(values())
                .filter(form -> form.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the required schema of this form. */
    Schema schema() {
        return switch (this) {
            case STRING -> Schema.STRING;
            case UNIX -> Schema.INT64;
            case DATE -> LogicalType.DATE.schema();
            case TIME -> LogicalType.TIME.schema();
            case TIMESTAMP -> LogicalType.TIMESTAMP.schema();
        };
    }

    /** Returns whether values of a schema can be points in time. */
    static boolean isTimestamp(Schema schema) {
        LogicalType logical = schema.logicalType().orElse(null);
        return logical == null
                ? schema.type() == SchemaType.STRING || schema.type() == SchemaType.INT64
                : logical != LogicalType.DECIMAL;
    }

    /** Returns the milliseconds of a rich value, or null if it is none. */
    static @Nullable Long millis(Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof LocalDate day) {
            return Math.multiplyExact(day.toEpochDay(), 86_400_000L);
        }
        return value instanceof LocalTime time ? time.toNanoOfDay() / 1_000_000 : null;
    }

    /** Returns the rich value of this form for milliseconds; string and unix have none. */
    Object rich(long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        return switch (this) {
            case DATE -> LocalDate.ofInstant(instant, ZoneOffset.UTC);
            case TIME -> LocalTime.ofInstant(instant, ZoneOffset.UTC);
            case TIMESTAMP -> instant;
            case STRING, UNIX -> throw new IllegalStateException("Cannot make a rich value of form " + word + ".");
        };
    }
}
