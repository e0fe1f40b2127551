package dev.sluice.api.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known names that a mistyped name may have meant.
 *
 * <p>The measure is the Damerau-Levenshtein distance in its restricted form (optimal string alignment): the number of
 * inserted, deleted, replaced and swapped neighbouring characters, in any case. A name is near if at most a third of the
 * given one (and at least one character) must change. A name without dots is also compared with what stands after a known
 * name's last dot, so that {@code FileSourceConector} finds {@code dev.sluice.file.FileSourceConnector}. Costs the
 * product of the two lengths for each known name; names longer than {@value #LENGTH_MAX} are near to nothing.
 */
public final class NearestName {

    private static final int LENGTH_MAX = 256;

    private NearestName() {}

    /**
     * Finds the nearest known name.
     *
     * @return empty if none is near
     */
    public static Optional<String> of(String name, Collection<String> known) {
        return among(name, known, 1).stream().findFirst();
    }

    /**
     * Finds the nearest known names.
     *
     * @param countMax how many to return at most
     * @return the nearest first, equally near ones in alphabetical order; empty if none is near
     */
    public static List<String> among(String name, Collection<String> known, int countMax) {
        if (name.isBlank() || name.length() > LENGTH_MAX) {
            return List.of();
        }
        String given = name.trim().toLowerCase(Locale.ROOT);
        int distanceMax = Math.max(1, given.length() / 3);
        return known.stream()
                .filter(candidate ->
                        Math.abs(candidate.length() - given.length()) <= distanceMax || !given.contains("."))
                .map(candidate -> new Candidate(candidate, distanceTo(candidate, given)))
                .filter(candidate -> candidate.distance <= distanceMax)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name)
                .distinct()
                .limit(countMax)
                .toList();
    }

    private record Candidate(String name, int distance) {}

    private static int distanceTo(String candidate, String given) {
        String other = candidate.toLowerCase(Locale.ROOT);
        if (other.length() > LENGTH_MAX) {
            return Integer.MAX_VALUE;
        }
        int whole = distance(given, other);
        int lastDot = other.lastIndexOf('.');
        if (lastDot < 0 || given.contains(".")) {
            return whole;
        }
        return Math.min(whole, distance(given, other.substring(lastDot + 1)));
    }

    /** Row by row over the table of distances between all beginnings; three rows suffice. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (isSwap(from, i, to, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] reused = beforeLast;
            beforeLast = last;
            last = row;
            row = reused;
        }
        return last[to.length()];
    }

    private static boolean isSwap(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
