package dev.sluice.broker;

import java.util.Comparator;
import java.util.List;

/** Finds the known key that a mistyped one most likely meant. */
final class NearestKey {
    private NearestKey() {}

    /** Returns the known key with the smallest edit distance. */
    static String of(String key, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
                .orElseThrow();
    }

    /** Levenshtein's distance by rows; time and keys are tiny here. */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int above = row[column];
                int change = left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1;
                row[column] = Math.min(diagonal + change, Math.min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
