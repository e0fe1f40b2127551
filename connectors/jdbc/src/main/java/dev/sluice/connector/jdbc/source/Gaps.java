package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.DataException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Ranges of numbers that are missing, with the time at which each was first missed; the newest so many. One thread. */
final class Gaps {
    /** Beyond so many the lowest are given up. */
    static final int COUNT_MAX = 1_000;

    private final TreeMap<Long, Range> byFirst = new TreeMap<>();

    private record Range(long last, long nanos) {}

    void add(long first, long last, long nanos) {
        byFirst.put(first, new Range(last, nanos));
        if (byFirst.size() > COUNT_MAX) {
            byFirst.pollFirstEntry();
        }
    }

    /** Takes a number out of its gap; returns false if it was in none. */
    boolean fill(long number) {
        Map.Entry<Long, Range> entry = byFirst.floorEntry(number);
        if (entry == null || entry.getValue().last < number) {
            return false;
        }
        long first = entry.getKey();
        Range range = entry.getValue();
        byFirst.remove(first);
        if (first < number) {
            byFirst.put(first, new Range(number - 1, range.nanos));
        }
        if (number < range.last) {
            byFirst.put(number + 1, range);
        }
        return true;
    }

    /** Gives up what has been missing for too long. */
    void forget(long nowNanos, long ageNanosMax) {
        byFirst.values().removeIf(range -> nowNanos - range.nanos > ageNanosMax);
    }

    Optional<Long> lowest() {
        return byFirst.isEmpty() ? Optional.empty() : Optional.of(byFirst.firstKey());
    }

    /** Returns the gaps as {@code 3..5,9}; empty for none. */
    String text() {
        StringBuilder text = new StringBuilder();
        byFirst.forEach((first, range) -> {
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (range.last > first) {
                text.append("..").append(range.last);
            }
        });
        return text.toString();
    }

    static Gaps parse(String text, long nanos) {
        Gaps gaps = new Gaps();
        if (text.isEmpty()) {
            return gaps;
        }
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("\\.\\.", -1);
            try {
                gaps.add(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]), nanos);
            } catch (NumberFormatException wrong) {
                throw new DataException(
                        "Cannot use the stored gaps '" + range + "': expected numbers or ranges such as 3..5. Reset the"
                                + " connector's offsets, or correct them.",
                        wrong);
            }
        }
        return gaps;
    }
}
