package dev.sluice.broker.group;

import java.net.InetAddress;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/**
 * The worker of this process, as the coordinator sees it.
 *
 * @param requestType the key of the request
 * @param requestVersion its version
 */
record InProcessCaller(int requestType, int requestVersion) implements AuthorizableRequestContext {
    @Override
    public String listenerName() {
        return "IN-PROCESS";
    }

    @Override
    public SecurityProtocol securityProtocol() {
        return SecurityProtocol.PLAINTEXT;
    }

    @Override
    public KafkaPrincipal principal() {
        return KafkaPrincipal.ANONYMOUS;
    }

    @Override
    public InetAddress clientAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String clientId() {
        return "sluice";
    }

    @Override
    public int correlationId() {
        return 0;
    }
}
