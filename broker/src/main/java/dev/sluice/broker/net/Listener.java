package dev.sluice.broker.net;

import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * One address that clients connect to.
 *
 * @param name its name in {@code listeners}
 * @param protocol how it encrypts and who may come in
 * @param host where it listens
 * @param port its port; 0 for any that is free
 * @param advertisedHost the host that clients are told
 * @param advertisedPort the port that clients are told; 0 for the one that it listens on
 */
record Listener(
        String name, SecurityProtocol protocol, String host, int port, String advertisedHost, int advertisedPort) {
    boolean usesTls() {
        return protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL;
    }

    boolean usesSasl() {
        return protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL;
    }

    boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
