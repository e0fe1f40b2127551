package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.handler.Handlers;
import dev.sluice.broker.security.LoginThreads;

/**
 * What all connections share.
 *
 * @param handlers answer the requests
 * @param limits the bounds of requests and connections
 * @param memory for requests
 * @param connections counts them
 * @param closed tells which were ended, and why
 * @param requestMetrics counts requests
 * @param connectionMetrics counts connections for those who want to know
 * @param readers read files for answers that are encrypted
 * @param logins do the slow part of handshakes and logins
 * @param throttle slows clients down that have a quota
 */
record Front(
        Handlers handlers,
        BrokerConfig.RequestLimits limits,
        RequestMemory memory,
        Connections connections,
        ClosedConnections closed,
        RequestMetrics requestMetrics,
        ConnectionMetrics connectionMetrics,
        TlsChannel.Readers readers,
        LoginThreads logins,
        Throttle throttle) {
    static Front of(
            Handlers handlers,
            BrokerConfig.Limits limits,
            TlsChannel.Readers readers,
            LoginThreads logins,
            Throttle throttle) {
        RequestMemory memory = new RequestMemory(limits.requests().queuedBytesMax());
        return new Front(
                handlers,
                limits.requests(),
                memory,
                new Connections(limits),
                new ClosedConnections(System::nanoTime),
                new RequestMetrics(),
                new ConnectionMetrics(memory),
                readers,
                logins,
                throttle);
    }
}
