package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Topic settings: Kafka's own names, types and checks, over the defaults of this broker. */
public final class LogConfigs {
    private static final String FLUSH_MESSAGES = TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG;
    private static final String EACH = "1";

    private final Map<String, String> defaults;

    /**
     * Keeps the defaults.
     *
     * @param defaults the settings of a topic that says nothing, under Kafka's topic keys
     */
    public LogConfigs(Map<String, String> defaults) {
        this.defaults = Map.copyOf(defaults);
    }

    /**
     * Checks settings of a topic.
     *
     * @param topic the topic, for the message
     * @param overrides what the topic sets
     * @throws BrokerException.InvalidTopic naming every bad key
     */
    public void check(String topic, Map<String, String> overrides) {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> override : new TreeMap<>(overrides).entrySet()) {
            checkOne(override.getKey(), override.getValue(), problems);
        }
        if (problems.isEmpty()) {
            checkTogether(overrides, problems);
        }
        if (!problems.isEmpty()) {
            throw new BrokerException.InvalidTopic(
                    "Cannot set up topic " + topic + ": " + String.join("; ", problems) + ". Correct these settings.");
        }
    }

    private static void checkOne(String key, String value, List<String> problems) {
        ConfigDef.ConfigKey known = LogConfig.configKeys().get(key);
        if (known == null) {
            problems.add("there is no topic setting " + key);
            return;
        }
        try {
            Object parsed = ConfigDef.parseType(key, value, known.type);
            if (known.validator != null) {
                known.validator.ensureValid(key, parsed);
            }
        } catch (ConfigException e) {
            problems.add(e.getMessage());
        }
    }

    private static void checkTogether(Map<String, String> overrides, List<String> problems) {
        try {
            LogConfig.validate(overrides);
        } catch (ConfigException | ApiException e) {
            problems.add(e.getMessage());
        }
    }

    /**
     * Returns all settings that hold for a topic, defaults included.
     *
     * @param overrides what the topic sets
     * @return effective texts by Kafka's topic key, sorted
     */
    public Map<String, String> effective(Map<String, String> overrides) {
        Map<String, String> all = new TreeMap<>(defaults);
        all.putAll(overrides);
        return all;
    }

    /** Returns all topic settings that there are, by Kafka's key: type, default and documentation. */
    public static Map<String, ConfigDef.ConfigKey> definitions() {
        return LogConfig.configKeys();
    }

    /** Whether each append to a topic is synced before it is answered: Kafka's {@code flush.messages=1}. */
    boolean areSynced(Map<String, String> overrides) {
        return EACH.equals(overrides.getOrDefault(FLUSH_MESSAGES, defaults.get(FLUSH_MESSAGES)));
    }

    LogConfig of(Map<String, String> overrides) {
        Properties properties = new Properties();
        properties.putAll(overrides);
        if (areSynced(overrides)) {
            // Done by the log threads, once for all appends that wait, instead of for each under the lock of the log.
            properties.put(FLUSH_MESSAGES, Long.toString(Long.MAX_VALUE));
        }
        return LogConfig.fromProps(defaults, properties);
    }
}
