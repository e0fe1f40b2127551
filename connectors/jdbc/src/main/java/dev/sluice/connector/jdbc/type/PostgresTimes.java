package dev.sluice.connector.jdbc.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads dates and times from PostgreSQL's ISO form: {@code 2026-11-27 20:15:00.123456+00}, with {@code BC} behind years
 * before the first, and {@code infinity}.
 */
final class PostgresTimes {
    /** What infinity becomes: the last microsecond that 64 bits can count. */
    static final Instant FOREVER = Instant.ofEpochSecond(9_223_372_036_854L, 775_807_000);

    /** What minus infinity becomes. */
    static final Instant BEFORE_ALL = Instant.ofEpochSecond(-9_223_372_036_854L, 0);

    private static final LocalDate LAST_DAY = LocalDate.ofEpochDay(Integer.MAX_VALUE);
    private static final LocalDate FIRST_DAY = LocalDate.ofEpochDay(Integer.MIN_VALUE);
    private static final int NANO_DIGITS = 9;

    private PostgresTimes() {}

    static LocalDate date(byte[] text, int from, int to) {
        if (isInfinite(text, from)) {
            return text[from] == '-' ? FIRST_DAY : LAST_DAY;
        }
        Scan scan = new Scan(text, from, to);
        return scan.date();
    }

    static LocalTime time(byte[] text, int from, int to) {
        Scan scan = new Scan(text, from, to);
        return LocalTime.ofNanoOfDay(Math.min(scan.nanoOfDay(), 86_400_000_000_000L - 1));
    }

    static Instant timestamp(byte[] text, int from, int to, ZoneId zone) {
        if (isInfinite(text, from)) {
            return text[from] == '-' ? BEFORE_ALL : FOREVER;
        }
        Scan scan = new Scan(text, from, to);
        LocalDate date = scan.date();
        long nanos = scan.nanoOfDay();
        if (zone instanceof ZoneOffset offset) {
            long second = date.toEpochDay() * 86_400 + nanos / 1_000_000_000 - offset.getTotalSeconds();
            return Instant.ofEpochSecond(second, nanos % 1_000_000_000);
        }
        return LocalDateTime.of(date, LocalTime.ofNanoOfDay(nanos)).atZone(zone).toInstant();
    }

    static Instant instant(byte[] text, int from, int to) {
        if (isInfinite(text, from)) {
            return text[from] == '-' ? BEFORE_ALL : FOREVER;
        }
        Scan scan = new Scan(text, from, to);
        LocalDate date = scan.date();
        long nanos = scan.nanoOfDay();
        long second = date.toEpochDay() * 86_400 + nanos / 1_000_000_000 - scan.offsetSeconds();
        return Instant.ofEpochSecond(second, nanos % 1_000_000_000);
    }

    private static boolean isInfinite(byte[] text, int from) {
        return text[from] == 'i' || text[from] == '-';
    }

    /** Goes through one text. */
    private static final class Scan {
        private final byte[] text;
        private final int to;
        private int at;

        Scan(byte[] text, int from, int to) {
            this.text = text;
            this.at = from;
            boolean isBefore = to - from > 3 && text[to - 1] == 'C' && text[to - 2] == 'B';
            this.to = isBefore ? to - 3 : to;
            this.isBeforeChrist = isBefore;
        }

        private final boolean isBeforeChrist;

        LocalDate date() {
            int year = number();
            at++;
            int month = number();
            at++;
            int day = number();
            at++;
            return LocalDate.of(isBeforeChrist ? 1 - year : year, month, day);
        }

        long nanoOfDay() {
            long seconds = number() * 3_600L;
            at++;
            seconds += number() * 60L;
            at++;
            seconds += number();
            return seconds * 1_000_000_000 + fraction();
        }

        private long fraction() {
            if (at >= to || text[at] != '.') {
                return 0;
            }
            int begin = ++at;
            long fraction = number();
            for (int digits = at - begin; digits < NANO_DIGITS; digits++) {
                fraction *= 10;
            }
            return fraction;
        }

        /** {@code +02}, {@code -03:30} or {@code +00:19:32}; nothing is Greenwich. */
        int offsetSeconds() {
            if (at >= to) {
                return 0;
            }
            int sign = text[at] == '-' ? -1 : 1;
            List<Integer> parts = new ArrayList<>();
            while (at < to && parts.size() < 3) {
                at++;
                parts.add(number());
            }
            int seconds = parts.get(0) * 3_600;
            seconds += parts.size() > 1 ? parts.get(1) * 60 : 0;
            seconds += parts.size() > 2 ? parts.get(2) : 0;
            return sign * seconds;
        }

        private int number() {
            int value = 0;
            while (at < to && text[at] >= '0' && text[at] <= '9') {
                value = value * 10 + (text[at] - '0');
                at++;
            }
            return value;
        }
    }
}
