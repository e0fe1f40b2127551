package dev.sluice.connector.jdbc.source;

import dev.sluice.api.record.OffsetValues;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a row stands in the order of reading.
 *
 * @param time its timestamp, or null if the mode has none
 * @param number its number, or null if the mode has none
 * @param ties what orders rows of one timestamp where there is no number: values of the primary key, whole numbers or texts
 */
record Position(@Nullable Instant time, @Nullable Long number, List<Object> ties) {
    static final String NUMBER = "incrementing";
    private static final String TIME = "timestamp";
    private static final String NANOS = "timestamp_nanos";
    private static final String KEY = "key";

    /** Adds the position to an offset, under the names that Kafka Connect's JDBC source uses, and the key. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // The milliseconds beside them tell the second.
    void putInto(Map<String, @Nullable Object> offset) {
        if (number != null) {
            offset.put(NUMBER, number);
        }
        if (time != null) {
            // The nanoseconds are those of the whole second, milliseconds included, as java.sql.Timestamp has them.
            long nanosOfSecond = time.getNano();
            offset.put(TIME, time.toEpochMilli());
            offset.put(NANOS, nanosOfSecond);
        }
        if (!ties.isEmpty()) {
            offset.put(KEY, ties);
        }
    }

    Map<String, @Nullable Object> toMap() {
        if (time == null && ties.isEmpty() && number != null) {
            return Map.of(NUMBER, number);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        putInto(map);
        return map;
    }

    /** Reads the position of an offset; empty if it has none. */
    static Optional<Position> of(Map<String, @Nullable Object> offset) {
        OptionalLong number = OffsetValues.number(offset, NUMBER);
        OptionalLong millis = OffsetValues.number(offset, TIME);
        if (number.isEmpty() && millis.isEmpty()) {
            return Optional.empty();
        }
        Instant time = millis.isEmpty() ? null : time(offset, millis.getAsLong());
        List<Object> ties = offset.get(KEY) instanceof List<?> key ? List.copyOf(key) : List.of();
        return Optional.of(new Position(time, number.isEmpty() ? null : number.getAsLong(), ties));
    }

    private static Instant time(Map<String, @Nullable Object> offset, long millis) {
        Instant time = Instant.ofEpochMilli(millis);
        OptionalLong nanos = OffsetValues.number(offset, NANOS);
        return nanos.isEmpty() ? time : Instant.ofEpochSecond(time.getEpochSecond(), nanos.getAsLong());
    }
}
