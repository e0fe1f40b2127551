package dev.sluice.runtime.plugin;

import dev.sluice.api.config.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of a plugin a setting accepts: {@code latest}, one version ({@code 1.2}, also {@code [1.2]}), or ranges as
 * Maven writes them ({@code [1.0,2.0)}, {@code (,1.5],[2.0,)}). Immutable.
 */
public final class VersionRange {
    /** Accepts the texts that {@link #parse} reads. */
    public static final Check<String> CHECK =
            Check.of("latest, a version, or a range such as [1.0,2.0)", VersionRange::isValid);

    private static final String LATEST = "latest";
    private static final Pattern INTERVAL =
            Pattern.compile("([\\[(])\\s*([^,\\[\\]()]*?)\\s*(?:(,)\\s*([^,\\[\\]()]*?)\\s*)?([\\])])\\s*(?:,\\s*|$)");

    private final String text;
    private final List<Interval> intervals;

    private VersionRange(String text, List<Interval> intervals) {
        this.text = text;
        this.intervals = intervals;
    }

    /** A stretch of versions; an empty limit is none. */
    private record Interval(String from, boolean hasFrom, String to, boolean hasTo) {
        boolean has(String version) {
            VersionOrder order = VersionOrder.OLDEST_FIRST;
            int low = from.isEmpty() ? 1 : order.compare(version, from);
            int high = to.isEmpty() ? -1 : order.compare(version, to);
            return (low > 0 || (low == 0 && hasFrom)) && (high < 0 || (high == 0 && hasTo));
        }

        boolean isEmpty() {
            int order = from.isEmpty() || to.isEmpty() ? -1 : VersionOrder.OLDEST_FIRST.compare(from, to);
            return order > 0 || (order == 0 && !(hasFrom && hasTo));
        }
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static VersionRange parse(String given) {
        String text = given.strip();
        if (text.equals(LATEST)) {
            return new VersionRange(text, List.of(new Interval("", false, "", false)));
        }
        if (!text.startsWith("[") && !text.startsWith("(")) {
            if (text.isEmpty() || text.matches(".*[\\s,\\[\\]()].*")) {
                throw new IllegalArgumentException("it must be " + CHECK.words());
            }
            return new VersionRange(text, List.of(new Interval(text, true, text, true)));
        }
        return new VersionRange(text, intervals(text));
    }

    private static List<Interval> intervals(String text) {
        List<Interval> intervals = new ArrayList<>();
        Matcher matcher = INTERVAL.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            boolean isSingle = matcher.group(3) == null;
            String from = matcher.group(2);
            String to = isSingle ? from : matcher.group(4);
            Interval interval = new Interval(
                    from, matcher.group(1).equals("["), to, matcher.group(5).equals("]"));
            if ((isSingle && from.isEmpty()) || interval.isEmpty()) {
                break;
            }
            intervals.add(interval);
            end = matcher.end();
        }
        if (end < text.length() || text.endsWith(",")) {
            throw new IllegalArgumentException("it must be " + CHECK.words());
        }
        return List.copyOf(intervals);
    }

    private static boolean isValid(String text) {
        try {
            return parse(text) != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** Returns whether a version is within the range; one that is not known is only within {@code latest}. */
    public boolean accepts(String version) {
        return text.equals(LATEST)
                || (VersionOrder.isKnown(version) && intervals.stream().anyMatch(interval -> interval.has(version)));
    }

    /** Returns the range as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
