package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.ListenerSecurity;
import dev.sluice.broker.security.Logins;
import dev.sluice.broker.security.Tls;
import dev.sluice.broker.topic.Users;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the door of a listener.
 *
 * @param listener the listener
 * @param tls encrypts its connections; null where it does not
 * @param logins how users log in; null where they need not
 * @param login the settings of the login, also the time that handshakes may take
 */
record Gate(Listener listener, @Nullable Tls tls, @Nullable Logins logins, ListenerSecurity.Login login) {
    /** Reads keys and certificates where there are any. Blocks. */
    static Gate of(Listener listener, BrokerConfig config, Supplier<Users> users, Executor logins) {
        ListenerSecurity security = config.security(listener.name());
        return new Gate(
                listener,
                listener.usesTls() ? Tls.load(security) : null,
                listener.usesSasl() ? Logins.of(security, users, logins) : null,
                security.login());
    }

    /** Whether everybody who reaches the address is let in. */
    boolean isOpen() {
        return logins == null && (tls == null || !tls.requiresCertificates());
    }
}
