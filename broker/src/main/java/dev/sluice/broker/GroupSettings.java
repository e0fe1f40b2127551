package dev.sluice.broker;

import static dev.sluice.broker.BrokerSetting.integer;
import static dev.sluice.broker.BrokerSetting.oneOf;
import static dev.sluice.broker.BrokerSetting.wholeNumber;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of consumer groups, which go to Kafka's group coordinator under the same names. */
final class GroupSettings {
    private static final List<String> ASSIGNORS = List.of("uniform", "range");

    /** Kafka takes 4 and 2 threads; one partition of offsets keeps one of each busy. */
    private static final BrokerSetting<Integer> THREADS =
            integer("group.coordinator.threads", 1, 1, "Threads of the group coordinator.");

    private static final BrokerSetting<Integer> BACKGROUND_THREADS =
            integer("group.coordinator.background.threads", 1, 1, "Threads that compute assignments.");

    /**
     * Kafka waits 3 s for more members before the first assignment, which saves rebalances of big groups and makes every
     * first start slow. Its own example configuration sets 0, and so do we.
     */
    private static final BrokerSetting<Integer> INITIAL_DELAY_MS = integer(
            "group.initial.rebalance.delay.ms", 0, 0, "How long a new classic group waits for more members at first.");

    private static final BrokerSetting<String> CONSUMER_ASSIGNORS = new BrokerSetting<>(
            "group.consumer.assignors",
            "uniform, range or both with a comma",
            "uniform,range",
            null,
            text -> Arrays.stream(text.split(",", -1)).map(String::strip).allMatch(ASSIGNORS::contains)
                    ? Optional.of(text)
                    : Optional.empty(),
            "How partitions are shared out in consumer groups; the first is the default.");

    static final List<BrokerSetting<?>> ALL = List.of(
            integer(
                    "offsets.retention.minutes",
                    7 * 24 * 60,
                    1,
                    "How long the offsets of a group without members stay; those of connectors here stay for ever."),
            wholeNumber(
                    "offsets.retention.check.interval.ms", 600_000L, 1, "How often expired offsets are looked for."),
            integer("offset.metadata.max.bytes", 4096, 0, "The longest text that may be stored with an offset."),
            integer("offsets.commit.timeout.ms", 5000, 1, "How long a commit may take."),
            THREADS,
            BACKGROUND_THREADS,
            INITIAL_DELAY_MS,
            integer("group.min.session.timeout.ms", 6000, 0, "The shortest session of a member of a classic group."),
            integer("group.max.session.timeout.ms", 1_800_000, 1, "The longest session of such a member."),
            integer("group.max.size", Integer.MAX_VALUE, 1, "The most members of a classic group."),
            integer("group.consumer.session.timeout.ms", 45_000, 1, "The session of a member of a consumer group."),
            integer("group.consumer.min.session.timeout.ms", 45_000, 1, "The shortest that a group may set."),
            integer("group.consumer.max.session.timeout.ms", 60_000, 1, "The longest that a group may set."),
            integer("group.consumer.heartbeat.interval.ms", 5000, 1, "Time between heartbeats in a consumer group."),
            integer("group.consumer.min.heartbeat.interval.ms", 5000, 1, "The shortest that a group may set."),
            integer("group.consumer.max.heartbeat.interval.ms", 15_000, 1, "The longest that a group may set."),
            integer("group.consumer.assignment.interval.ms", 1000, 0, "The least time between two assignments."),
            integer("group.consumer.max.size", Integer.MAX_VALUE, 1, "The most members of a consumer group."),
            CONSUMER_ASSIGNORS,
            oneOf(
                    "group.consumer.migration.policy",
                    "bidirectional",
                    "Whether a group may change between the classic and the consumer protocol while it has members.",
                    "bidirectional",
                    "upgrade",
                    "downgrade",
                    "disabled"));

    private GroupSettings() {}

    /** All settings of groups as texts, by key. */
    static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new TreeMap<>();
        ALL.forEach(setting -> texts.put(setting.key(), String.valueOf(values.get(setting.key()))));
        return texts;
    }
}
