package dev.sluice.broker.handler;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * A change of the settings of one topic. Settings of the broker come from its file and are refused, as are those of
 * anything else.
 *
 * @param backend where the topic is
 * @param type the kind of resource, as Kafka numbers them
 * @param name its name
 * @param isOnlyCheck whether nothing shall be changed
 */
record SettingsChange(Backend backend, byte type, String name, boolean isOnlyCheck) {
    static SettingsChange of(Backend backend, byte type, String name, boolean isOnlyCheck) {
        return new SettingsChange(backend, type, name, isOnlyCheck);
    }

    /** Applies what the function makes of the topic: new texts by key, null for the default. */
    CompletableFuture<Topic> apply(Function<Topic, Map<String, @Nullable String>> toChanges) {
        try {
            Topic topic = target();
            Map<String, @Nullable String> changes = toChanges.apply(topic);
            TopicSettings.check(backend, name, changed(topic, changes));
            return isOnlyCheck
                    ? CompletableFuture.completedFuture(topic)
                    : backend.broker().topics().alterSettings(name, changes);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Topic target() {
        ConfigResource.Type known = ConfigResource.Type.forId(type);
        if (known == ConfigResource.Type.BROKER) {
            ConfigTargets.checkBroker(backend, name);
            throw Errors.INVALID_REQUEST.exception("Cannot change settings of the broker while it runs: they come from"
                    + " its file. Change them there and restart it.");
        }
        if (known != ConfigResource.Type.TOPIC) {
            throw ConfigTargets.unsupported(known);
        }
        return ConfigTargets.topic(backend, name);
    }

    private static Map<String, String> changed(Topic topic, Map<String, @Nullable String> changes) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        changes.forEach((key, value) -> {
            if (value == null) {
                settings.remove(key);
            } else {
                settings.put(key, value);
            }
        });
        return settings;
    }

    static short code(Throwable failure) {
        return ErrorCodes.unwrap(failure) instanceof BrokerException.InvalidTopic
                ? Errors.INVALID_CONFIG.code()
                : ErrorCodes.of(failure).code();
    }
}
