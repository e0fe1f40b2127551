package dev.sluice.connector.elasticsearch.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Reads texts that are times: ISO 8601 with or without a zone, a day, or a number of milliseconds. */
final class TimeTexts {
    private TimeTexts() {}

    /** Returns milliseconds since 1970, a text without a zone taken as UTC; null if the text is no time. */
    static @Nullable Long millis(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        try {
            TemporalAccessor read = (text.indexOf('T') < 0
                            ? DateTimeFormatter.ISO_LOCAL_DATE
                            : DateTimeFormatter.ISO_DATE_TIME)
                    .parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return instant(read).toEpochMilli();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Returns a time of day with its seconds, and as many digits behind them as it has. */
    static String ofTime(LocalTime time) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }

    private static Instant instant(TemporalAccessor read) {
        if (read instanceof OffsetDateTime zoned) {
            return zoned.toInstant();
        }
        return read instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : LocalDate.from(read).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
