package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.transport.TopicSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source says about its new topics. */
final class TopicCreationTest {
    private static final WorkerConfig WORKER = WorkerConfig.parse(Map.of());

    private static Map<String, String> settings(String... pairs) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", "orders");
        settings.put("connector.class", "FileStreamSource");
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    private static ConnectorConfig parse(String... pairs) {
        return ConnectorConfig.parse(settings(pairs), PluginKind.SOURCE, WORKER);
    }

    private static ConnectorConfig grouped() {
        return parse(
                "topic.creation.groups", "compacted,wide",
                "topic.creation.default.replication.factor", "3",
                "topic.creation.default.partitions", "2",
                "topic.creation.default.retention.ms", "1000",
                "topic.creation.compacted.include", "state-.*, status",
                "topic.creation.compacted.exclude", "state-of-.*",
                "topic.creation.compacted.cleanup.policy", "compact",
                "topic.creation.wide.include", ".*-events,state-.*",
                "topic.creation.wide.partitions", "12",
                "topic.creation.wide.replication.factor", "-1");
    }

    @Test
    void withoutAnyTheBrokersDefaultsCount() {
        assertThat(parse().topicCreation().settings("orders")).isEqualTo(TopicSettings.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"state-a,2,cleanup.policy", "status,2,cleanup.policy", "a-events,12,", "state-of-things,12,"})
    void theFirstGroupThatATopicBelongsToCounts(String topic, int partitionCount, String setting) {
        Map<String, String> configs = setting == null ? Map.of() : Map.of(setting, "compact");
        assertThat(grouped().topicCreation().settings(topic)).isEqualTo(new TopicSettings(partitionCount, configs));
    }

    @Test
    void theDefaultGroupTakesAllOthersWhateverItIncludes() {
        TopicSettings others = new TopicSettings(2, Map.of("retention.ms", "1000"));
        assertThat(grouped().topicCreation().settings("states")).isEqualTo(others);
        assertThat(parse(
                                "topic.creation.default.replication.factor", "1",
                                "topic.creation.default.partitions", "2",
                                "topic.creation.default.retention.ms", "1000",
                                "topic.creation.default.include", "never")
                        .topicCreation()
                        .settings("states"))
                .isEqualTo(others);
    }

    @Test
    void minusOneAsksForTheBrokersNumberOfPartitions() {
        assertThat(parse("topic.creation.default.replication.factor", "-1", "topic.creation.default.partitions", "-1")
                        .topicCreation()
                        .settings("orders"))
                .isEqualTo(TopicSettings.DEFAULTS);
    }

    @Test
    void theDefaultGroupMustBeGivenWhereAnyIs() {
        assertThatThrownBy(() -> parse("topic.creation.groups", "wide"))
                .hasMessageContaining(
                        "Cannot do without setting topic.creation.default.replication.factor: it is required"
                                + " and was not given.")
                .hasMessageContaining(
                        "Cannot do without setting topic.creation.default.partitions: it is required and was"
                                + " not given.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic.creation.default.partitions|0|it must be at least 1, or -1 for the broker's default",
                "topic.creation.default.replication.factor|-2|it must be at least 1, or -1 for the broker's default",
                "topic.creation.groups|a,a|",
                "topic.creation.a.include|(|it must be a regular expression: Unclosed group",
                "topic.creation.a.retention.mss|5|Cannot create topics with topic.creation.a.retention.mss: topics have no"
                        + " setting retention.mss. Did you mean topic.creation.a.retention.ms?"
            })
    void refusesWhatCannotBe(String name, String value, String message) {
        Map<String, String> given = settings(
                "topic.creation.groups", "a",
                "topic.creation.default.replication.factor", "1",
                "topic.creation.default.partitions", "1");
        given.put(name, value);
        assertThatThrownBy(() -> ConnectorConfig.parse(given, PluginKind.SOURCE, WORKER))
                .hasMessageContaining(message == null ? name : message);
    }

    @Test
    void warnsOfSettingsOfGroupsThatAreNotThere() {
        ConnectorConfig config = parse(
                "topic.creation.groups", "compacted",
                "topic.creation.default.replication.factor", "1",
                "topic.creation.default.partitions", "1",
                "topic.creation.compact.partitions", "4");
        assertThat(config.warnings(ConfigSpec.of()))
                .extracting(ConfigProblem::text)
                .containsExactly("Setting topic.creation.compact.partitions has no effect: topic.creation.groups has no"
                        + " group compact. Did you mean topic.creation.compacted.partitions?");
    }

    @Test
    void listsTheSettingsOfGroupsOnlyWhereAnyIsGiven() {
        assertThat(names()).containsExactly("topic.creation.groups");
        assertThat(names("topic.creation.groups", "a"))
                .containsExactlyInAnyOrder(
                        "topic.creation.groups",
                        "topic.creation.default.include",
                        "topic.creation.default.exclude",
                        "topic.creation.default.replication.factor",
                        "topic.creation.default.partitions",
                        "topic.creation.a.include",
                        "topic.creation.a.exclude",
                        "topic.creation.a.replication.factor",
                        "topic.creation.a.partitions");
    }

    private static List<String> names(String... pairs) {
        return ConnectorConfig.spec(PluginKind.SOURCE, settings(pairs)).keys().stream()
                .map(ConfigKey::name)
                .filter(name -> name.startsWith("topic.creation."))
                .toList();
    }

    @Test
    void knowsTheSettingsThatTopicsHave() {
        assertThat(LogConfig.nonInternalConfigNames()).containsExactlyInAnyOrderElementsOf(TopicConfigNames.ALL);
    }
}
