package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.handler.Handlers;

/**
 * What all connections share.
 *
 * @param handlers answer the requests
 * @param limits the bounds of requests and connections
 * @param memory for requests
 * @param connections counts them
 */
record Front(Handlers handlers, BrokerConfig.Limits limits, RequestMemory memory, Connections connections) {
    static Front of(Handlers handlers, BrokerConfig.Limits limits) {
        return new Front(handlers, limits, new RequestMemory(limits.queuedBytesMax()), new Connections(limits));
    }
}
