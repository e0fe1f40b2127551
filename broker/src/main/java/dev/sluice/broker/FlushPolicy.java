package dev.sluice.broker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the words of {@code log.fsync} stand for, as defaults of topic settings. */
final class FlushPolicy {
    private static final String MESSAGES = "flush.messages";
    private static final String MILLIS = "flush.ms";
    private static final String NOT_BY_IT = Long.toString(Long.MAX_VALUE);
    private static final Map<String, Map<String, String>> BY_NAME = Map.of(
            "never", Map.of(MESSAGES, NOT_BY_IT, MILLIS, NOT_BY_IT),
            "interval", Map.of(MESSAGES, NOT_BY_IT, MILLIS, "1000"),
            "always", Map.of(MESSAGES, "1", MILLIS, NOT_BY_IT));

    static final List<String> NAMES = List.of("never", "interval", "always");

    private FlushPolicy() {}

    static Map<String, String> topicDefaults(String name) {
        return BY_NAME.getOrDefault(name, Map.of());
    }

    /** Two settings that say the same thing in two ways are refused, as nobody can tell which was meant. */
    static Optional<String> problem(Map<String, String> properties) {
        return properties.containsKey("log.fsync")
                        && (properties.containsKey("log.flush.interval.messages")
                                || properties.containsKey("log.flush.interval.ms"))
                ? Optional.of("Cannot use log.fsync together with log.flush.interval.messages or log.flush.interval.ms:"
                        + " both say when records are fsynced. Leave one of them out.")
                : Optional.empty();
    }
}
