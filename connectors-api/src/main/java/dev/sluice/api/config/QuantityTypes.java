package dev.sluice.api.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of a number with a unit: durations and sizes. A plain number counts milliseconds or bytes. Each type
 * comes in two forms that read the same texts: one writes units, the other (for keys that end in {@code .ms} or
 * {@code .bytes}) writes plain numbers, as Kafka's tools expect of such keys.
 */
final class QuantityTypes {

    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES =
            Map.of("b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d+");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d+)\\s*([a-z]+)");
    private static final String DURATION_WORDS = "a duration such as 500ms, 10s, 5m, 2h, 1d or plain milliseconds";
    private static final String SIZE_WORDS = "a size such as 64kb, 10mb, 1gb or plain bytes";

    static final ConfigType<Duration> DURATION = ConfigType.of(
            ConfigKind.STRING, DURATION_WORDS, QuantityTypes::duration, value -> withUnit(millis(value), MILLIS));
    static final ConfigType<Duration> DURATION_IN_MILLIS = ConfigType.of(
            ConfigKind.LONG, DURATION_WORDS, QuantityTypes::duration, value -> Long.toString(millis(value)));
    static final ConfigType<Long> SIZE =
            ConfigType.of(ConfigKind.STRING, SIZE_WORDS, QuantityTypes::size, value -> withUnit(value, BYTES));
    static final ConfigType<Long> SIZE_IN_BYTES =
            ConfigType.of(ConfigKind.LONG, SIZE_WORDS, QuantityTypes::size, value -> Long.toString(value));

    private QuantityTypes() {}

    private static Duration duration(String text) {
        return Duration.ofMillis(quantity(text, MILLIS, DURATION_WORDS));
    }

    private static Long size(String text) {
        return quantity(text, BYTES, SIZE_WORDS);
    }

    private static long quantity(String text, Map<String, Long> units, String words) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        try {
            if (PLAIN.matcher(trimmed).matches()) {
                return Long.parseLong(trimmed);
            }
            Matcher matcher = WITH_UNIT.matcher(trimmed);
            Long factor = matcher.matches() ? units.get(matcher.group(2)) : null;
            if (factor != null) {
                return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("it is too large, it must be " + words + " within 64 bits", e);
        }
        throw ScalarTypes.mustBe(words);
    }

    private static long millis(Duration value) {
        if (!value.truncatedTo(ChronoUnit.MILLIS).equals(value)) {
            throw new IllegalArgumentException("Cannot write duration " + value + ": it is finer than a millisecond.");
        }
        return value.toMillis();
    }

    /** Writes the largest unit that divides the number; negative numbers (as in "-1 = for ever") stay plain. */
    private static String withUnit(long number, Map<String, Long> units) {
        if (number < 0) {
            return Long.toString(number);
        }
        Map<Long, String> bySize = new TreeMap<>();
        units.forEach((unit, factor) -> {
            if (factor == 1 || (number > 0 && number % factor == 0)) {
                bySize.put(-factor, unit);
            }
        });
        var largest = bySize.entrySet().iterator().next();
        return number / -largest.getKey() + largest.getValue();
    }
}
