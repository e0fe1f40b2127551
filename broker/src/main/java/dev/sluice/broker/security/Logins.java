package dev.sluice.broker.security;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.ListenerSecurity;
import dev.sluice.broker.topic.Users;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;
import org.apache.kafka.common.security.plain.internals.PlainSaslServer;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;

/**
 * How users log in at one listener: its mechanisms, and where their passwords are. Kafka's own SASL servers do the
 * exchange. Any thread may call.
 */
public final class Logins {
    private static final String USER = "user_";

    private final ListenerSecurity.Login settings;
    private final Map<String, String> plainUsers;
    private final Supplier<Users> users;
    private final Executor threads;

    private Logins(
            ListenerSecurity.Login settings, Map<String, String> plainUsers, Supplier<Users> users, Executor threads) {
        this.settings = settings;
        this.plainUsers = plainUsers;
        this.users = users;
        this.threads = threads;
    }

    /**
     * Reads the settings.
     *
     * @param settings those of the listener
     * @param users who may log in now
     * @param threads check passwords
     * @return how users log in
     * @throws BrokerException.BadConfig where there is no mechanism, or the text with users cannot be read
     */
    public static Logins of(ListenerSecurity settings, Supplier<Users> users, Executor threads) {
        if (settings.login().mechanisms().isEmpty()) {
            throw new BrokerException.BadConfig(List.of(
                    "Cannot open listener " + settings.listener() + ": " + settings.key("sasl.enabled.mechanisms")
                            + " is empty. Name PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512."));
        }
        return new Logins(settings.login(), plainUsers(settings), users, threads);
    }

    private static Map<String, String> plainUsers(ListenerSecurity settings) {
        Password text = settings.login().plainJaas();
        Map<String, String> found = new HashMap<>();
        if (text == null) {
            return found;
        }
        try {
            JaasContext jaas = JaasContext.loadServerContext(
                    new ListenerName(settings.listener()), "PLAIN", Map.of("plain.sasl.jaas.config", text));
            for (AppConfigurationEntry entry : jaas.configurationEntries()) {
                entry.getOptions().forEach((key, value) -> {
                    if (key.startsWith(USER)) {
                        found.put(key.substring(USER.length()), String.valueOf(value));
                    }
                });
            }
            return found;
        } catch (IllegalArgumentException | KafkaException e) {
            // Its own words may quote the text, which holds passwords.
            throw new BrokerException.BadConfig(List.of("Cannot open listener " + settings.listener()
                    + ": its plain.sasl.jaas.config cannot be read. It must be"
                    + " org.apache.kafka.common.security.plain.PlainLoginModule required user_<name>=\"<password>\";"));
        }
    }

    ListenerSecurity.Login settings() {
        return settings;
    }

    SaslServer server(String mechanism) {
        if (mechanism.equals(PlainSaslServer.PLAIN_MECHANISM)) {
            return new PlainSaslServer(this::answerPlain);
        }
        try {
            return new ScramSaslServer(
                    ScramMechanism.forMechanismName(mechanism), Map.of(), asked -> answerScram(mechanism, asked));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM should know " + mechanism, e);
        }
    }

    /** A user whom the listener's own setting names has the password that stands there; all others are in the catalog. */
    private void answerPlain(Callback[] asked) throws UnsupportedCallbackException {
        String name = name(asked);
        for (Callback callback : asked) {
            if (callback instanceof PlainAuthenticateCallback plain) {
                String known = plainUsers.get(name);
                plain.authenticated(
                        known == null
                                ? Passwords.fits(users.get().of(name), plain.password())
                                : Passwords.isSame(known, plain.password()));
            }
        }
    }

    private void answerScram(String mechanism, Callback[] asked) throws UnsupportedCallbackException {
        String name = name(asked);
        for (Callback callback : asked) {
            if (callback instanceof ScramCredentialCallback scram) {
                users.get().find(name, mechanism).ifPresent(scram::scramCredential);
            } else if (!(callback instanceof NameCallback)) {
                throw new UnsupportedCallbackException(callback); // delegation tokens
            }
        }
    }

    private static String name(Callback[] asked) {
        for (Callback callback : asked) {
            if (callback instanceof NameCallback name) {
                return String.valueOf(name.getDefaultName());
            }
        }
        return "";
    }

    <T> CompletableFuture<T> submit(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(work.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }
}
