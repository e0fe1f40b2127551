package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;

/** Whose settings a request names. */
final class ConfigTargets {
    private ConfigTargets() {}

    static Topic topic(Backend backend, String name) {
        org.apache.kafka.common.internals.Topic.validate(name);
        return backend.broker().topics().find(name).orElseThrow(Errors.UNKNOWN_TOPIC_OR_PARTITION::exception);
    }

    /** The empty name stands for all brokers. */
    static void checkBroker(Backend backend, String name) {
        if (!name.isEmpty() && !name.equals(Integer.toString(backend.nodeId()))) {
            throw Errors.INVALID_REQUEST.exception(
                    "Unexpected broker id, expected " + backend.nodeId() + " or empty string, but received " + name);
        }
    }

    static ApiException unsupported(ConfigResource.Type type) {
        return Errors.INVALID_REQUEST.exception(
                "There are no settings of type " + type + " in this broker. It has those of TOPIC and BROKER.");
    }
}
