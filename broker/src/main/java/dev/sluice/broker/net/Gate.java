package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.ListenerSecurity;
import dev.sluice.broker.security.Tls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the door of a listener.
 *
 * @param listener the listener
 * @param tls encrypts its connections; null where it does not
 * @param login the settings of the login, also the time that handshakes may take
 */
record Gate(Listener listener, @Nullable Tls tls, ListenerSecurity.Login login) {
    /** Reads keys and certificates where there are any. Blocks. */
    static Gate of(Listener listener, BrokerConfig config) {
        if (listener.usesSasl()) {
            throw new BrokerException.BadConfig(List.of("Cannot open listener " + listener.name() + ": "
                    + listener.protocol() + " is not built yet. Use SSL with ssl.client.auth=required."));
        }
        ListenerSecurity security = config.security(listener.name());
        return new Gate(listener, listener.usesTls() ? Tls.load(security) : null, security.login());
    }

    /** Whether everybody who reaches the address is let in. */
    boolean isOpen() {
        return !listener.usesSasl() && (tls == null || !tls.requiresCertificates());
    }
}
