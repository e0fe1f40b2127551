package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigProblem;
import java.util.Optional;
import java.util.Set;

/**
 * Says where records go that cannot be processed.
 *
 * @param topic the topic, created with one partition where it is missing
 * @param hasContextHeaders whether headers say where a record comes from and what was wrong with it
 */
public record DeadLetterSettings(String topic, boolean hasContextHeaders) {
    private static final Set<String> OF_BROKER = Set.of("__consumer_offsets", "__transaction_state");

    /** Returns what is wrong with a name of a topic: who reads the state in it would stumble over a dead letter. */
    public static Optional<ConfigProblem> problem(String topic, WorkerConfig worker) {
        String owner = OF_BROKER.contains(topic) ? "broker" : "worker";
        if (!OF_BROKER.contains(topic) && !worker.storageTopics().contains(topic)) {
            return Optional.empty();
        }
        return Optional.of(ConfigProblem.error(
                ConnectorKeys.DEAD_LETTER_TOPIC.name(),
                "Cannot send dead letters to topic " + topic + ": the " + owner + " keeps its own state in it.",
                "Name another topic."));
    }
}
