package dev.sluice.connector.jdbc.cdc;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in PostgreSQL's write-ahead log, in bytes since its beginning.
 *
 * @param value unsigned 64 bits
 */
record Lsn(long value) implements Comparable<Lsn> {
    /** Before everything; a server takes it for "where the slot stands". */
    static final Lsn ZERO = new Lsn(0);

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * Reads {@code 16/B374D848}, the form in which PostgreSQL shows it.
     *
     * @throws IllegalArgumentException if it looks otherwise; the message is a clause
     */
    static Lsn parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no place in the log such as 16/B374D848");
        }
        return new Lsn(Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
    }

    boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    /** Returns the later of both. */
    Lsn max(Lsn other) {
        return isAfter(other) ? this : other;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT) + "/"
                + Long.toHexString(value & 0xFFFFFFFFL).toUpperCase(Locale.ROOT);
    }
}
