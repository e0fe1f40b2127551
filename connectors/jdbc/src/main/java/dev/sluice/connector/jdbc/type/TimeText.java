package dev.sluice.connector.jdbc.type;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Writes days and times as PostgreSQL reads them, in the proleptic Gregorian calendar and to the microsecond; finer digits are cut.
 * Remembers the last day, for neighbours often share it. One thread.
 */
final class TimeText {
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANOS = 1_000_000_000;

    private final ZoneId zone;
    private final boolean isUtc;
    private long lastDay = Long.MIN_VALUE;
    private String lastText = "";
    private boolean isBeforeChrist;

    TimeText(ZoneId zone) {
        this.zone = zone;
        this.isUtc = zone.normalized().equals(ZoneOffset.UTC);
    }

    /** Adds what a clock of the zone showed at an instant. */
    void timestamp(Instant instant, TextBuffer out) {
        long offset = isUtc ? 0 : zone.getRules().getOffset(instant).getTotalSeconds();
        local(instant.getEpochSecond() + offset, instant.getNano(), "", out);
    }

    /** Adds an instant, with its offset from UTC. */
    void instant(Instant instant, TextBuffer out) {
        local(instant.getEpochSecond(), instant.getNano(), "+00", out);
    }

    private void local(long second, int nano, String offset, TextBuffer out) {
        day(Math.floorDiv(second, SECONDS_OF_DAY), out);
        out.raw(' ');
        time(Math.floorMod(second, SECONDS_OF_DAY), nano, out);
        out.ascii(offset);
        era(out);
    }

    void date(LocalDate date, TextBuffer out) {
        day(date.toEpochDay(), out);
        era(out);
    }

    private void day(long epochDay, TextBuffer out) {
        if (epochDay != lastDay) {
            LocalDate date = LocalDate.ofEpochDay(epochDay);
            isBeforeChrist = date.getYear() <= 0;
            int year = isBeforeChrist ? 1 - date.getYear() : date.getYear();
            TextBuffer text = TextBuffer.plain();
            if (year < 1_000) {
                text.ascii(year < 10 ? "000" : year < 100 ? "00" : "0");
            }
            text.number(year);
            text.raw('-');
            text.twoDigits(date.getMonthValue());
            text.raw('-');
            text.twoDigits(date.getDayOfMonth());
            lastText = text.toString();
            lastDay = epochDay;
        }
        out.ascii(lastText);
    }

    private void era(TextBuffer out) {
        if (isBeforeChrist) {
            out.ascii(" BC");
        }
    }

    void time(LocalTime time, TextBuffer out) {
        long nanos = time.toNanoOfDay();
        time((int) (nanos / NANOS), (int) (nanos % NANOS), out);
    }

    private static void time(int secondOfDay, int nano, TextBuffer out) {
        out.twoDigits(secondOfDay / 3_600);
        out.raw(':');
        out.twoDigits(secondOfDay / 60 % 60);
        out.raw(':');
        out.twoDigits(secondOfDay % 60);
        int micros = nano / 1_000;
        if (micros > 0) {
            out.raw('.');
            out.twoDigits(micros / 10_000);
            out.twoDigits(micros / 100 % 100);
            out.twoDigits(micros % 100);
        }
    }
}
