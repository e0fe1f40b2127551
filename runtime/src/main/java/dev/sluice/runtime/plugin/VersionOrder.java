package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.Plugin;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Orders version names from old to new.
 *
 * <p>Versions are compared part by part; a part is a run of digits or of letters. Numbers compare as numbers, a missing
 * part counts as 0, and a word ({@code SNAPSHOT}, {@code rc}) is older than no word, so {@code 1.9 < 1.10-rc1 < 1.10}.
 * A plugin without a version is older than any.
 */
final class VersionOrder implements Comparator<String> {
    static final VersionOrder OLDEST_FIRST = new VersionOrder();

    private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z]+");

    private VersionOrder() {}

    static boolean isKnown(String version) {
        return !version.equals(Plugin.UNKNOWN_VERSION);
    }

    @Override
    public int compare(String left, String right) {
        if (!isKnown(left) || !isKnown(right)) {
            return Boolean.compare(isKnown(left), isKnown(right));
        }
        List<String> leftParts = parts(left);
        List<String> rightParts = parts(right);
        for (int i = 0; i < Math.max(leftParts.size(), rightParts.size()); i++) {
            int order = compareParts(partAt(leftParts, i), partAt(rightParts, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> parts(String version) {
        return PART.matcher(version).results().map(MatchResult::group).toList();
    }

    private static String partAt(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "0";
    }

    private static int compareParts(String left, String right) {
        boolean leftIsNumber = Character.isDigit(left.charAt(0));
        boolean rightIsNumber = Character.isDigit(right.charAt(0));
        if (leftIsNumber != rightIsNumber) {
            return Boolean.compare(leftIsNumber, rightIsNumber);
        }
        return leftIsNumber ? compareNumbers(left, right) : left.compareToIgnoreCase(right);
    }

    /** Compares by length, then by digits: a date and time stamp may exceed a long. */
    private static int compareNumbers(String left, String right) {
        String shortLeft = withoutLeadingZeros(left);
        String shortRight = withoutLeadingZeros(right);
        int order = Integer.compare(shortLeft.length(), shortRight.length());
        return order != 0 ? order : shortLeft.compareTo(shortRight);
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
