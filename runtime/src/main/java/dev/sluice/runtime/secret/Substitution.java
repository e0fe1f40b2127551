package dev.sluice.runtime.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces several texts by others in one pass, the longest first, so that what was put in is never replaced again.
 * Immutable. Costs the length of a text times the number of replacements.
 */
final class Substitution {
    static final Substitution NONE = new Substitution(List.of());

    private final List<Replacement> replacements;

    private Substitution(List<Replacement> replacements) {
        this.replacements = replacements;
    }

    private record Replacement(String from, String to) {}

    /** Replaces each key by its value; empty keys are left out. */
    static Substitution of(Map<String, String> texts) {
        List<Replacement> replacements = new ArrayList<>();
        texts.forEach((from, to) -> {
            if (!from.isEmpty()) {
                replacements.add(new Replacement(from, to));
            }
        });
        replacements.sort(Comparator.comparing(
                        (Replacement replacement) -> -replacement.from().length())
                .thenComparing(Replacement::from));
        return replacements.isEmpty() ? NONE : new Substitution(List.copyOf(replacements));
    }

    /** Returns the text with everything replaced; the same object if there was nothing. */
    String apply(String text) {
        StringBuilder changed = null;
        int done = 0;
        Hit hit = next(text, 0);
        while (hit != null) {
            changed = changed == null ? new StringBuilder(text.length()) : changed;
            changed.append(text, done, hit.start()).append(hit.replacement().to());
            done = hit.start() + hit.replacement().from().length();
            hit = next(text, done);
        }
        return changed == null
                ? text
                : changed.append(text, done, text.length()).toString();
    }

    private record Hit(int start, Replacement replacement) {}

    /** The first occurrence from a position on; of those that begin at one place, the longest. */
    private @Nullable Hit next(String text, int from) {
        Hit first = null;
        for (Replacement replacement : replacements) {
            int at = text.indexOf(replacement.from(), from);
            if (at >= 0 && (first == null || at < first.start())) {
                first = new Hit(at, replacement);
            }
        }
        return first;
    }
}
