package dev.sluice.plugin.standard.transform;

import dev.sluice.api.error.DataException;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Translates points in time from any form to one form. */
final class TimestampTranslation {
    private final TimestampForm target;
    private final @Nullable TimestampText text;
    private final TimeUnit unixUnit;
    private final String place;

    /**
     * Creates the translation.
     *
     * @param text reads and writes strings; null if no pattern is set
     * @param unixUnit the unit of unix times, read and written
     * @param place what messages call what is translated
     */
    TimestampTranslation(TimestampForm target, @Nullable TimestampText text, TimeUnit unixUnit, String place) {
        this.target = target;
        this.text = text;
        this.unixUnit = unixUnit;
        this.place = place;
    }

    TimestampForm target() {
        return target;
    }

    /** Translates a value, which its Java type says all about. Null stays null. */
    @Nullable
    Object translated(@Nullable Object value) {
        return value == null ? null : written(millis(value));
    }

    private long millis(Object value) {
        if (value instanceof Long unix) {
            return unixUnit.toMillis(unix);
        }
        if (value instanceof String string) {
            return parsed(string);
        }
        Long millis = TimestampForm.millis(value);
        if (millis == null) {
            throw refused("it is a " + value.getClass().getName() + ", and not a string, a long, a day or a time.");
        }
        return millis;
    }

    private long parsed(String string) {
        if (text == null) {
            throw refused("it is a string, and no pattern for strings is set. Set format.");
        }
        try {
            return text.parse(string);
        } catch (ParseException unfit) {
            // Without its cause, which quotes the value.
            throw refused("the string does not match the pattern. Correct format or the data.");
        }
    }

    private Object written(long millis) {
        return switch (target) {
            case STRING -> writtenText(millis);
            case UNIX -> unixUnit.convert(millis, TimeUnit.MILLISECONDS);
            case DATE, TIME, TIMESTAMP -> target.rich(millis);
        };
    }

    private String writtenText(long millis) {
        if (text == null) {
            throw new IllegalStateException("Cannot write a string: target.type=string without format was accepted.");
        }
        return text.format(millis);
    }

    DataException refused(String why) {
        return new DataException("Cannot convert the timestamp in " + place + ": " + why);
    }
}
