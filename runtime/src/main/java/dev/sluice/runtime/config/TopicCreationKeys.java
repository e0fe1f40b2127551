package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigType;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.NearestName;
import dev.sluice.api.config.Width;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The settings that say how a source's new topics are made: {@code topic.creation.groups}, and for each group, and the group
 * {@code default}, which topics are meant and what they get. As with Kafka Connect, the groups have settings only where any
 * is given, and those of the default group must be given then.
 */
final class TopicCreationKeys {
    static final String PREFIX = "topic.creation.";
    static final String DEFAULT_GROUP = "default";

    private static final String CREATION = "Topic Creation";
    private static final ConfigType<Pattern> REGEX = ConfigType.of(
            ConfigKind.STRING, "a regular expression of Java", TopicCreationKeys::regex, Pattern::pattern);

    /** What the default group includes, whatever is given for it. */
    private static final Pattern EVERY = Pattern.compile(".*");

    static final ConfigKey<List<String>> GROUPS = ConfigKey.list(PREFIX + "groups")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc(
                    "Names of groups of topics that are made with settings of their own, beside the group default. The first"
                            + " one that a topic belongs to counts.")
            .group(CREATION)
            .orderInGroup(1)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Topic Creation Groups");

    static final ConfigKey<List<Pattern>> INCLUDE = ConfigKey.listOf("include", REGEX)
            .defaultsTo(List.of())
            .doc("Regular expressions that match the whole names of the topics of this group.")
            .orderInGroup(1)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Inclusion Topic Pattern");
    static final ConfigKey<List<Pattern>> EXCLUDE = ConfigKey.listOf("exclude", REGEX)
            .defaultsTo(List.of())
            .doc("Regular expressions that match the whole names of topics that are left out of this group.")
            .orderInGroup(2)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Exclusion Topic Pattern");
    static final ConfigKey<Short> REPLICATION = ConfigKey.shortInteger("replication.factor")
            .check(Check.of("at least 1, or -1 for the broker's default", count -> count == -1 || count >= 1))
            .doc("Copies of each topic. The built-in broker keeps one, whatever is asked for.")
            .orderInGroup(3)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Replication Factor");
    static final ConfigKey<Integer> PARTITIONS = ConfigKey.integer("partitions")
            .check(Check.of("at least 1, or -1 for the broker's default", count -> count == -1 || count >= 1))
            .doc("Partitions of each topic.")
            .orderInGroup(4)
            .importance(Importance.LOW)
            .width(Width.LONG)
            .displayName("Partition Count");

    /** Names under a group that are not settings of the topic itself. */
    static final Set<String> OWN = Set.of(INCLUDE.name(), EXCLUDE.name(), REPLICATION.name(), PARTITIONS.name());

    private TopicCreationKeys() {}

    static String prefix(String group) {
        return PREFIX + group + ".";
    }

    /** Returns whether anything about new topics is given. */
    static boolean areUsed(Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(PREFIX));
    }

    /** Adds what a source may say about its new topics, given what it says. */
    static ConfigSpec addTo(ConfigSpec source, Map<String, String> given) {
        if (!areUsed(given.keySet())) {
            return source;
        }
        ConfigSpec spec = source.plus(group(
                ConfigSpec.of(INCLUDE.defaultsTo(List.of(EVERY)), EXCLUDE, REPLICATION, PARTITIONS), DEFAULT_GROUP));
        ConfigSpec named = ConfigSpec.of(INCLUDE, EXCLUDE, REPLICATION.optional(), PARTITIONS.optional());
        for (String name : groups(given)) {
            spec = spec.plus(group(named, name));
        }
        return spec.openPrefix(PREFIX).rule(TopicCreationKeys::checkNames);
    }

    private static ConfigSpec group(ConfigSpec keys, String name) {
        return keys.prefixed(prefix(name)).inGroup(CREATION + ": " + name);
    }

    /** Groups as far as they can be read: what is wrong with the list is reported when the list itself is read. */
    private static Set<String> groups(Map<String, String> given) {
        try {
            Set<String> groups = new LinkedHashSet<>(GROUPS.type().parse(given.getOrDefault(GROUPS.name(), "")));
            groups.remove(DEFAULT_GROUP);
            return groups;
        } catch (IllegalArgumentException unreadable) {
            return Set.of();
        }
    }

    private static void checkNames(Config config, ConfigProblems problems) {
        List<String> groups = new ArrayList<>(config.get(GROUPS));
        groups.add(DEFAULT_GROUP);
        for (String name : config.originals().keySet()) {
            if (name.startsWith(PREFIX) && !name.equals(GROUPS.name())) {
                groups.stream()
                        .filter(group -> name.startsWith(prefix(group)))
                        .findFirst()
                        .ifPresentOrElse(
                                group -> checkTopicSetting(
                                        name, name.substring(prefix(group).length()), problems),
                                () -> problems.add(withoutGroup(name, groups)));
            }
        }
    }

    private static ConfigProblem withoutGroup(String name, List<String> groups) {
        String rest = name.substring(PREFIX.length());
        String group = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        String fix = NearestName.of(group, groups)
                .map(near -> "Did you mean " + prefix(near)
                        + rest.substring(Math.min(group.length() + 1, rest.length())) + "?")
                .orElse("Add " + group + " to " + GROUPS.name() + ".");
        return ConfigProblem.warning(
                name, "Setting " + name + " has no effect: " + GROUPS.name() + " has no group " + group + ".", fix);
    }

    private static void checkTopicSetting(String name, String setting, ConfigProblems problems) {
        if (OWN.contains(setting) || TopicConfigNames.ALL.contains(setting)) {
            return;
        }
        String fix = NearestName.of(setting, TopicConfigNames.ALL)
                .map(near -> "Did you mean " + name.substring(0, name.length() - setting.length()) + near + "?")
                .orElse(null);
        problems.add(ConfigProblem.error(
                name, "Cannot create topics with " + name + ": topics have no setting " + setting + ".", fix));
    }

    private static Pattern regex(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("it must be a regular expression: " + wrong.getDescription(), wrong);
        }
    }
}
