package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Milliseconds since 1970-01-01T00:00Z as text, by a pattern of {@link SimpleDateFormat}, in UTC and with English names on
 * every host. One object serves one thread.
 *
 * <p>Records often come within the same second: the text of the second before is kept, unless the pattern shows parts of
 * it.
 */
@SuppressWarnings(
        "JavaUtilDate") // Its patterns are Kafka Connect's contract; java.time reads some letters differently.
final class TimestampText {
    static final Check<String> CHECK =
            Check.of("a pattern of Java's SimpleDateFormat, such as yyyy-MM-dd", TimestampText::isPattern);

    private final SimpleDateFormat format;
    private final long periodMillis;
    private long lastPeriod = Long.MIN_VALUE;
    private String lastText = "";

    TimestampText(String pattern) {
        format = newFormat(pattern);
        periodMillis = pattern.indexOf('S') < 0 ? 1000 : 1;
    }

    private static SimpleDateFormat newFormat(String pattern) {
        SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ENGLISH);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format;
    }

    private static boolean isPattern(String pattern) {
        try {
            return newFormat(pattern).toPattern().equals(pattern);
        } catch (IllegalArgumentException unknownLetter) {
            return false;
        }
    }

    String format(long millis) {
        long period = Math.floorDiv(millis, periodMillis);
        if (period != lastPeriod || lastText.isEmpty()) {
            lastText = format.format(new Date(millis));
            lastPeriod = period;
        }
        return lastText;
    }

    /** Returns the milliseconds; what stands behind the pattern's part is not looked at, as in Kafka Connect. */
    long parse(String text) throws ParseException {
        return format.parse(text).getTime();
    }
}
