package dev.sluice.testkit.behaviour;

import dev.sluice.testkit.Generated;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Texts of test records: all different, and in order when sorted. */
final class SampleTexts {
    /** Always the same, so that a failure is the same in every run. */
    private static final long SEED = 1815;

    private SampleTexts() {}

    static List<String> of(int count, boolean nasty) {
        return of("entry", count, nasty);
    }

    static List<String> of(String prefix, int count, boolean nasty) {
        Generated generated = new Generated(SEED);
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s-%06d", prefix, i) + (nasty ? " " + generated.line() : ""))
                .toList();
    }
}
