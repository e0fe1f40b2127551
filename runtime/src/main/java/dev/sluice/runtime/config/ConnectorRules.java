package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.NearestName;
import java.util.List;
import java.util.Map;

/** What holds between the settings that every connector has. */
final class ConnectorRules {
    private ConnectorRules() {}

    static void checkTopics(Config config, ConfigProblems problems) {
        boolean hasList = !config.get(ConnectorKeys.TOPICS).isEmpty();
        boolean hasRegex = !config.get(ConnectorKeys.TOPICS_REGEX).pattern().isEmpty();
        // Each at both settings, as Kafka Connect does, so that a form shows it at whichever of the two it has.
        if (hasList && hasRegex) {
            problems.error(
                    ConnectorKeys.TOPICS,
                    "Cannot use both topics and topics.regex: a sink reads either a list or a pattern.",
                    "Keep one of them.");
            problems.error(ConnectorKeys.TOPICS_REGEX, "Cannot use topics.regex: topics is given too.");
        }
        if (!hasList && !hasRegex) {
            problems.error(
                    ConnectorKeys.TOPICS,
                    "Cannot tell which topics to read: neither topics nor topics.regex is given.",
                    "Set topics to the names of the topics, separated by commas.");
            problems.error(ConnectorKeys.TOPICS_REGEX, "Cannot do without topics.regex: topics is not given either.");
        }
    }

    /** A sink that reads its own dead letters would write them again, for ever. */
    static void checkDeadLetterTopic(Config config, ConfigProblems problems) {
        String topic = config.get(ConnectorKeys.DEAD_LETTER_TOPIC);
        if (topic.isEmpty()) {
            return;
        }
        if (config.get(ConnectorKeys.TOPICS).contains(topic)) {
            problems.error(
                    ConnectorKeys.DEAD_LETTER_TOPIC,
                    "Cannot send dead letters to topic " + topic
                            + ": the sink reads it, as topics says, so that each dead letter would come back.",
                    "Name another topic, or take " + topic + " out of topics.");
        }
        boolean isMatched = config.find(ConnectorKeys.TOPICS_REGEX)
                .map(regex -> regex.matcher(topic).matches())
                .orElse(false);
        if (isMatched) {
            problems.error(
                    ConnectorKeys.DEAD_LETTER_TOPIC,
                    "Cannot send dead letters to topic " + topic
                            + ": the sink reads it, as it matches topics.regex, so that each dead letter would come back.",
                    "Name a topic that the pattern does not match.");
        }
    }

    /** With errors.tolerance=none the task fails at the record, which stays where it is. */
    static void noteDeadLettersWithoutEffect(Config config, ConfigProblems problems) {
        boolean isNamed = !config.get(ConnectorKeys.DEAD_LETTER_TOPIC).isEmpty();
        if (isNamed && config.get(ConnectorKeys.TOLERANCE) == Tolerance.NONE) {
            problems.add(ConfigProblem.warning(
                    ConnectorKeys.DEAD_LETTER_TOPIC.name(),
                    "Setting " + ConnectorKeys.DEAD_LETTER_TOPIC.name()
                            + " has no effect: with errors.tolerance=none the task fails at a faulty record.",
                    "Set errors.tolerance=all to let the task go on without it."));
        }
    }

    static void checkPredicates(Config config, ConfigProblems problems) {
        List<String> known = config.get(ConnectorKeys.PREDICATES);
        for (String alias : config.get(ConnectorKeys.TRANSFORMS)) {
            String prefix = StepKeys.transformationPrefix(alias);
            Map<String, String> step = config.withPrefix(prefix).originals();
            String predicate = step.get(StepKeys.PREDICATE.name());
            if (predicate == null && step.containsKey(StepKeys.NEGATE.name())) {
                problems.add(ConfigProblem.warning(
                        prefix + StepKeys.NEGATE.name(),
                        "Setting " + prefix + "negate has no effect: the transformation has no predicate.",
                        "Set " + prefix + "predicate."));
            }
            if (predicate != null && !known.contains(predicate)) {
                problems.add(unknownPredicate(prefix + StepKeys.PREDICATE.name(), predicate, known));
            }
        }
    }

    private static ConfigProblem unknownPredicate(String key, String predicate, List<String> known) {
        String fix = NearestName.of(predicate, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse("Add " + predicate + " to predicates.");
        return ConfigProblem.error(
                key, "Cannot use " + key + "=" + predicate + ": there is no such alias in predicates.", fix);
    }

    /** A converter's settings without the converter have no effect, which surprises whoever wrote them. */
    static void warnOfOrphanedConverterSettings(Config config, ConfigProblems problems) {
        for (ConfigKey<String> key :
                List.of(ConnectorKeys.KEY_CONVERTER, ConnectorKeys.VALUE_CONVERTER, ConnectorKeys.HEADER_CONVERTER)) {
            if (config.isSet(key)) {
                continue;
            }
            for (String name : config.withPrefix(key.name() + ".").originals().keySet()) {
                if (!name.equals("plugin.version")) {
                    problems.add(ConfigProblem.warning(
                            key.name() + "." + name,
                            "Setting " + key.name() + "." + name + " has no effect: the connector uses the worker's "
                                    + key.name() + " with the worker's settings.",
                            "Set " + key.name() + " in the connector as well."));
                }
            }
        }
    }
}
