package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What names are made of: parts of a record as texts. Decodes the value only where a field of it is asked for.
 *
 * @param record the record
 * @param timeFields fields of which the first that the record has is its time; its timestamp otherwise
 */
record RecordView(SinkRecord record, List<FieldPath> timeFields) {
    RecordView(SinkRecord record, List<FieldPath> timeFields) {
        this.record = record;
        this.timeFields = timeFields;
    }

    /** Returns the key, if it is plain. */
    @Nullable
    String keyText() {
        return text(record.key().value());
    }

    /** Returns a field of the key. */
    @Nullable
    String keyText(FieldPath path) {
        return text(path.of(record.key().value()));
    }

    /** Returns a field of the value. */
    @Nullable
    String fieldText(FieldPath path) {
        return text(path.of(record.value().value()));
    }

    /** Returns the last header of a name. */
    @Nullable
    String headerText(String name) {
        return text(record.headers().last(name).map(SchemaAndValue::value).orElse(null));
    }

    /** Returns the record's time in milliseconds since 1970, or null if it has none. */
    @Nullable
    Long timeMillis() {
        for (FieldPath path : timeFields) {
            Object value = path.of(record.value().value());
            if (value != null) {
                return millis(path, value);
            }
        }
        return record.timestampMillis();
    }

    private static long millis(FieldPath path, Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        Long read = value instanceof String text ? TimeTexts.millis(text) : null;
        if (read == null) {
            throw new DataException(
                    "Cannot read field " + path
                            + " as the record's time: expected milliseconds since 1970, a timestamp, or a text as ISO 8601 has it.");
        }
        return read;
    }

    /** Returns a plain value as a text; null for null. */
    static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Number
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof LocalDate
                || value instanceof LocalTime) {
            return value.toString();
        }
        throw new DataException("Cannot make a name of a " + kind(value)
                + ": only texts, numbers, booleans and times can stand in an id, a routing or the name of an index.");
    }

    /** Returns what messages call a value: never the value itself. */
    static String kind(Object value) {
        if (value instanceof dev.sluice.api.data.Struct) {
            return "struct";
        }
        if (value instanceof java.util.Map) {
            return "map";
        }
        if (value instanceof List) {
            return "list";
        }
        return value instanceof byte[] || value instanceof java.nio.ByteBuffer
                ? "value of bytes"
                : value.getClass().getSimpleName();
    }
}
