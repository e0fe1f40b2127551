package dev.sluice.broker.handler;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.LogConfigs;
import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The settings of topics as the protocol shows them. */
final class TopicSettings {
    private TopicSettings() {}

    /**
     * A setting of a topic as it holds.
     *
     * @param name Kafka's topic key
     * @param value its text
     * @param source where the value comes from
     * @param brokerValue what would hold if the topic did not set it
     * @param brokerSource where that comes from
     * @param definition type and documentation
     */
    record Shown(
            String name,
            @Nullable String value,
            ConfigSource source,
            @Nullable String brokerValue,
            ConfigSource brokerSource,
            ConfigDef.ConfigKey definition) {}

    /** All settings that hold for a topic, sorted. */
    static List<Shown> of(Backend backend, Topic topic) {
        Map<String, String> broker = backend.config().topicDefaults();
        Set<String> given = backend.config().givenTopicDefaults();
        List<Shown> all = new ArrayList<>();
        new TreeMap<>(LogConfigs.definitions()).forEach((name, definition) -> {
            String kafkas = ConfigDef.convertToString(definition.defaultValue, definition.type);
            String brokers = broker.getOrDefault(name, kafkas);
            ConfigSource brokerSource =
                    given.contains(name) ? ConfigSource.STATIC_BROKER_CONFIG : ConfigSource.DEFAULT_CONFIG;
            String own = topic.settings().get(name);
            all.add(new Shown(
                    name,
                    own == null ? brokers : own,
                    own == null ? brokerSource : ConfigSource.TOPIC_CONFIG,
                    brokers,
                    brokerSource,
                    definition));
        });
        return all;
    }

    /** Throws INVALID_CONFIG where the settings cannot be used. */
    static void check(Backend backend, String topic, Map<String, String> settings) {
        try {
            backend.broker().topics().checkSettings(topic, settings);
        } catch (BrokerException.InvalidTopic e) {
            throw Errors.INVALID_CONFIG.exception(e.getMessage());
        }
    }
}
