package dev.sluice.runtime.flow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Numbers as sentences name them. */
final class Words {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Words() {}

    /** Returns a time span, such as {@code 12 s} or {@code 3 min}. */
    static String span(long millis) {
        if (millis < SECOND) {
            return Math.max(millis, 0) + " ms";
        }
        if (millis < 2 * MINUTE) {
            return millis / SECOND + " s";
        }
        return millis < 2 * HOUR ? millis / MINUTE + " min" : millis / HOUR + " h";
    }

    /** Returns a moment to the second, such as {@code 2026-08-01T12:00:00Z}. */
    static String moment(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns how many records, such as {@code 1 record}. */
    static String records(long count) {
        return count == 1 ? "1 record" : count + " records";
    }
}
