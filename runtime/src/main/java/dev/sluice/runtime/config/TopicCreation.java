package dev.sluice.runtime.config;

import dev.sluice.runtime.transport.TopicSettings;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a source's new topics are made.
 *
 * @param groups groups of topics with settings of their own, in their order
 * @param others what topics of no group get
 */
public record TopicCreation(List<Group> groups, TopicSettings others) {
    /** The broker's defaults for every topic. */
    public static final TopicCreation DEFAULTS = new TopicCreation(List.of(), TopicSettings.DEFAULTS);

    /** Copies the groups in. */
    public TopicCreation {
        groups = List.copyOf(groups);
    }

    /**
     * Some topics.
     *
     * @param include match the names of those that are meant
     * @param exclude match the names of those that are not, whatever {@code include} says
     * @param settings what they get
     */
    public record Group(List<Pattern> include, List<Pattern> exclude, TopicSettings settings) {
        /** Copies the patterns in. */
        public Group {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }

        private boolean has(String topic) {
            return matches(include, topic) && !matches(exclude, topic);
        }

        private static boolean matches(List<Pattern> patterns, String topic) {
            return patterns.stream().anyMatch(pattern -> pattern.matcher(topic).matches());
        }
    }

    /** Returns what a new topic of that name gets. */
    public TopicSettings settings(String topic) {
        return groups.stream()
                .filter(group -> group.has(topic))
                .findFirst()
                .map(Group::settings)
                .orElse(others);
    }
}
