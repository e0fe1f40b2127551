package dev.sluice.broker.security;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.ListenerSecurity;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SslAuthenticationContext;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.apache.kafka.common.security.ssl.SslPrincipalMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of one listener. Kafka's own engine factory reads the settings, so that they mean what they mean there. The engine
 * may be asked for on any thread; loading and reloading read files.
 */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final ListenerSecurity settings;
    private final DefaultKafkaPrincipalBuilder principals;
    private volatile DefaultSslEngineFactory factory;

    private Tls(ListenerSecurity settings, DefaultKafkaPrincipalBuilder principals, DefaultSslEngineFactory factory) {
        this.settings = settings;
        this.principals = principals;
        this.factory = factory;
    }

    /**
     * Reads keys and certificates. Blocks.
     *
     * @param settings those of the listener
     * @return the TLS, ready for connections
     * @throws BrokerException.BadConfig naming the key, the file and what is wrong with it
     */
    public static Tls load(ListenerSecurity settings) {
        KeyStores stores = new KeyStores(settings);
        refuse(stores.keyProblem());
        refuse(stores.trustProblem());
        Tls tls = new Tls(settings, principals(settings, stores), factory(settings, stores));
        tls.warnOfOpenTrust();
        return tls;
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(found -> {
            throw new BrokerException.BadConfig(List.of(found));
        });
    }

    private static DefaultKafkaPrincipalBuilder principals(ListenerSecurity settings, KeyStores stores) {
        try {
            return new DefaultKafkaPrincipalBuilder(null, SslPrincipalMapper.fromRules(settings.principalRules()));
        } catch (IllegalArgumentException e) {
            throw new BrokerException.BadConfig(List.of(stores.problem(
                    settings.key("ssl.principal.mapping.rules") + "=" + settings.principalRules()
                            + " cannot be understood: " + e.getMessage(),
                    "Use DEFAULT or RULE:<pattern>/<name>/[L|U]")));
        }
    }

    private static DefaultSslEngineFactory factory(ListenerSecurity settings, KeyStores stores) {
        try {
            DefaultSslEngineFactory made = configured(settings);
            var unused = made.createServerSslEngine("", 0); // tells wrong ciphers and protocols
            return made;
        } catch (KafkaException | IllegalArgumentException e) {
            throw new BrokerException.BadConfig(List.of(stores.problem(
                    "its TLS settings cannot be used: " + rootMessage(e), "Check its settings that begin with ssl.")));
        }
    }

    private static String rootMessage(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : rootMessage(failure.getCause());
    }

    private static DefaultSslEngineFactory configured(ListenerSecurity settings) {
        DefaultSslEngineFactory made = new DefaultSslEngineFactory();
        made.configure(settings.tls());
        return made;
    }

    private void warnOfOpenTrust() {
        boolean asks = !"none".equals(settings.tls().get("ssl.client.auth"));
        if (asks && factory.truststore() == null) {
            LOG.atWarn()
                    .addKeyValue("listener", settings.listener())
                    .log(
                            "clients with a certificate of any public authority are let in: ssl.truststore.location is missing");
        }
    }

    /** Whether a client cannot come in without a certificate. */
    public boolean requiresCertificates() {
        return "required".equals(settings.tls().get("ssl.client.auth"));
    }

    /**
     * Makes the engine of one connection, which wants to see the client's hello.
     *
     * @param client its address
     * @return the engine
     */
    public SSLEngine engine(InetSocketAddress client) {
        return factory.createServerSslEngine(client.getHostString(), client.getPort());
    }

    /**
     * Says who a client is by its certificate.
     *
     * @param session after the handshake
     * @param client its address
     * @return the user, ANONYMOUS where it showed none
     */
    public KafkaPrincipal principal(SSLSession session, InetSocketAddress client) {
        return principals.build(new SslAuthenticationContext(session, client.getAddress(), settings.listener()));
    }

    /** Reads the files again if one has changed; new connections see it. A file that cannot be used changes nothing. Blocks. */
    public void reloadIfChanged() {
        Map<String, Object> same = new HashMap<>(settings.tls());
        if (!factory.shouldBeRebuilt(same)) {
            return;
        }
        try {
            factory = configured(settings);
            LOG.atInfo().addKeyValue("listener", settings.listener()).log("keys and certificates were read again");
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("listener", settings.listener())
                    .addKeyValue("error", rootMessage(e))
                    .log("changed keys or certificates cannot be used; the ones before stay");
        }
    }
}
