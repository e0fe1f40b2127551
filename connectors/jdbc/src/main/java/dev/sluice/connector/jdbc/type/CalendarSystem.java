package dev.sluice.connector.jdbc.type;

import java.time.LocalDate;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/** Says which days are counted for dates before the calendar reform of 15 October 1582. */
public enum CalendarSystem {
    /** As {@code java.util.Date} counts: by Julius Caesar's calendar before the reform. */
    LEGACY,
    /** As SQL and {@code java.time} count: by the Gregorian calendar throughout. */
    PROLEPTIC_GREGORIAN;

    private static final LocalDate REFORM = LocalDate.of(1582, 10, 15);
    private static final long DAY_MILLIS = 86_400_000L;

    /** Returns the day that is counted for a date of the database. */
    public LocalDate day(LocalDate date) {
        if (this == PROLEPTIC_GREGORIAN || !date.isBefore(REFORM) || date.getYear() < 1) {
            return date;
        }
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.clear();
        calendar.set(date.getYear(), date.getMonthValue() - 1, date.getDayOfMonth());
        return LocalDate.ofEpochDay(Math.floorDiv(calendar.getTimeInMillis(), DAY_MILLIS));
    }
}
