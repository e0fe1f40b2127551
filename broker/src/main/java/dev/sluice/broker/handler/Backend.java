package dev.sluice.broker.handler;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import java.util.function.Function;
import org.apache.kafka.common.requests.RequestContext;

/**
 * What handlers work with.
 *
 * @param broker topics, logs and groups
 * @param config the settings
 * @param endpoints where clients reach this broker, by the name of the listener they came through
 */
public record Backend(Broker broker, BrokerConfig config, Function<String, Endpoint> endpoints) {
    /** Returns the address that the client of a request can reach this broker at. */
    Endpoint endpointFor(RequestContext context) {
        return endpoints.apply(context.listenerName());
    }

    /** Returns the number of this broker. */
    int nodeId() {
        return config.nodeId();
    }
}
