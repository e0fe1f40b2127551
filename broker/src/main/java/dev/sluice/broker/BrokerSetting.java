package dev.sluice.broker;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * One server setting: Kafka's key, how its text becomes a value, and the words for what it must be.
 *
 * @param key Kafka's name in {@code server.properties}
 * @param expectation completes "must be …"
 * @param defaultValue the value when the key is not given, or null where its absence means something
 * @param topicKey the topic setting whose default it gives, or null
 * @param parser text to value; empty where the text is not one
 * @param doc what it does, in a sentence
 * @param <T> the type of its value
 */
record BrokerSetting<T>(
        String key,
        String expectation,
        @Nullable T defaultValue,
        @Nullable String topicKey,
        Function<String, Optional<T>> parser,
        String doc) {
    private static final String SECRET = "a secret text";

    static BrokerSetting<Long> wholeNumber(String key, @Nullable Long defaultValue, long min, String doc) {
        String expectation = "a whole number" + (min == Long.MIN_VALUE ? "" : " of at least " + min);
        return new BrokerSetting<>(key, expectation, defaultValue, null, text -> parseLong(text, min), doc);
    }

    static BrokerSetting<Integer> integer(String key, @Nullable Integer defaultValue, int min, String doc) {
        return new BrokerSetting<>(
                key,
                "a whole number from " + min + " to " + Integer.MAX_VALUE,
                defaultValue,
                null,
                text -> parseLong(text, min)
                        .filter(number -> number <= Integer.MAX_VALUE)
                        .map(Long::intValue),
                doc);
    }

    static BrokerSetting<Double> decimal(String key, double defaultValue, double min, double max, String doc) {
        String expectation = "a number from " + min + " to " + max;
        return new BrokerSetting<>(key, expectation, defaultValue, null, text -> parseDouble(text, min, max), doc);
    }

    static BrokerSetting<String> text(String key, @Nullable String defaultValue, String doc) {
        return new BrokerSetting<>(key, "a text", defaultValue, null, Optional::of, doc);
    }

    /** A text that is never shown: its value prints as {@code [hidden]}. */
    static BrokerSetting<Password> secret(String key, String doc) {
        return new BrokerSetting<>(key, SECRET, null, null, text -> Optional.of(new Password(text)), doc);
    }

    boolean isSecret() {
        return expectation.equals(SECRET);
    }

    /** Words with commas, all of them from the choices if there are any. */
    static BrokerSetting<List<String>> words(String key, List<String> defaultValue, String doc, String... choices) {
        String expectation = choices.length == 0 ? "words with commas" : "of " + String.join(", ", choices);
        return new BrokerSetting<>(
                key, expectation, defaultValue, null, text -> parseWords(text, List.of(choices)), doc);
    }

    private static Optional<List<String>> parseWords(String text, List<String> choices) {
        List<String> words = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return choices.isEmpty() || choices.containsAll(words) ? Optional.of(words) : Optional.empty();
    }

    static BrokerSetting<Boolean> flag(String key, boolean defaultValue, String doc) {
        return new BrokerSetting<>(key, "true or false", defaultValue, null, BrokerSetting::parseBoolean, doc);
    }

    static BrokerSetting<String> oneOf(String key, String defaultValue, String doc, String... choices) {
        return new BrokerSetting<>(
                key,
                "one of " + String.join(", ", choices),
                defaultValue,
                null,
                text -> List.of(choices).contains(text) ? Optional.of(text) : Optional.empty(),
                doc);
    }

    /** Also gives the default of a topic setting. */
    BrokerSetting<T> forTopics(String newTopicKey) {
        return new BrokerSetting<>(key, expectation, defaultValue, newTopicKey, parser, doc);
    }

    private static Optional<Long> parseLong(String text, long min) {
        try {
            long number = Long.parseLong(text);
            return number < min ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> parseDouble(String text, double min, double max) {
        try {
            double number = Double.parseDouble(text);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> parseBoolean(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
