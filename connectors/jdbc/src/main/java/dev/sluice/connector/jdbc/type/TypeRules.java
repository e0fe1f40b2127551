package dev.sluice.connector.jdbc.type;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What the user decided about types.
 *
 * @param numeric what becomes of decimals
 * @param timestamps what becomes of points in time
 * @param zone the time zone in which columns without one are meant
 * @param calendar how days before 1582 are counted
 */
public record TypeRules(NumericMapping numeric, TimestampGranularity timestamps, ZoneId zone, CalendarSystem calendar) {
    /** What holds where nothing was decided. */
    public static final TypeRules DEFAULT = new TypeRules(
            NumericMapping.NONE,
            TimestampGranularity.CONNECT_LOGICAL,
            ZoneOffset.UTC,
            CalendarSystem.PROLEPTIC_GREGORIAN);
}
