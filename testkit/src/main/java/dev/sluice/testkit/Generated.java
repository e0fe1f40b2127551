package dev.sluice.testkit;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Random test data that can be had again: a failure names its seed, and {@code -Dsluice.seed=<seed>} repeats just that
 * round. One object serves one thread.
 */
public final class Generated {
    /** The system property that holds the seed to repeat. */
    public static final String SEED_PROPERTY = "sluice.seed";

    /** Characters and sequences that careless code breaks on; none holds a line feed or carriage return. */
    private static final List<String> NASTY = List.of(
            " ",
            "\t",
            "\"",
            "'",
            "\\",
            ",",
            ";",
            "{",
            "}",
            "[",
            "]",
            "%",
            "$",
            "\\n",
            "\\u0000",
            "--",
            "null",
            "\u00e4\u00f6\u00df",
            "e\u0301",
            "\u00a0",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u200f\u05e9",
            "\u65e5\u672c\u8a9e",
            "\ufffd",
            "\uffff",
            "\ud83d\ude00",
            "\ud83d\udc69\u200d\ud83d\udcbb",
            "\udbff\udfff",
            "\u0130\u0131");

    private static final List<String> BREAKS = List.of("\n", "\r", "\r\n", "\0", "\ufeff", "\u001b", "\f");

    private final SplittableRandom random;

    /** Creates a generator that always gives the same data for the same seed. */
    public Generated(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Runs a test so many times, each with data of its own.
     *
     * @param count how many rounds; one if {@value #SEED_PROPERTY} is set
     * @param round the test
     * @throws AssertionError if a round failed, with its seed
     */
    public static void rounds(int count, Consumer<Generated> round) {
        Long repeated = Long.getLong(SEED_PROPERTY);
        long first = repeated == null ? System.nanoTime() : repeated;
        for (int i = 0; i < (repeated == null ? count : 1); i++) {
            round(first + i, round);
        }
    }

    private static void round(long seed, Consumer<Generated> round) {
        try {
            round.accept(new Generated(seed));
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError(
                    "Failed with generated data; repeat with -D" + SEED_PROPERTY + "=" + seed + ": "
                            + failed.getMessage(),
                    failed);
        }
    }

    /** Returns a number from 0 to below the limit. */
    public int below(int limit) {
        return random.nextInt(limit);
    }

    /** Returns a whole number of any size: small, large, or at the edge of the type. */
    public long wholeNumber() {
        long[] edges = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 53};
        return chance(3) ? pick(edges) : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    /** Returns a finite number with a fraction. */
    public double fraction() {
        double[] edges = {0.0, -0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, -1e-300, 1e16};
        return chance(3) ? edges[below(edges.length)] : (random.nextDouble() - 0.5) * Math.pow(10, below(30));
    }

    /** Returns true once in so many times. */
    public boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** Returns one of the choices. */
    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Returns up to 40 bytes of any value. */
    public byte[] bytes() {
        return bytes(below(41));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Returns 1 to 12 bytes: a whole number as two's complement. */
    public byte[] bytesOfNumber() {
        return bytes(1 + below(12));
    }

    /** Returns a text without line breaks and control characters below U+0009: one line of a file, one cell of a table. */
    public String line() {
        StringBuilder line = new StringBuilder();
        for (int i = below(12); i >= 0; i--) {
            line.append(chance(2) ? pick(NASTY) : Character.toString('a' + below(26)));
        }
        return line.toString();
    }

    /** Returns any well-formed Unicode text, empty, with line breaks or with the character 0 as it comes. */
    public String text() {
        if (chance(10)) {
            return "";
        }
        return chance(3) ? line() + pick(BREAKS) + line() : line();
    }

    private long pick(long[] choices) {
        return choices[below(choices.length)];
    }
}
