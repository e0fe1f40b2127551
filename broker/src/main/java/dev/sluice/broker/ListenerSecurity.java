package dev.sluice.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How one listener encrypts and who may come in: the settings as they hold for it. Secrets in it print as
 * {@code [hidden]}.
 *
 * @param listener its name
 * @param tls the settings of TLS by Kafka's keys; those that are not set are missing
 * @param principalRules make a user's name of a certificate's subject
 * @param login how users log in
 * @param ownKeys keys that are set for this listener alone, without their prefix
 */
public record ListenerSecurity(
        String listener, Map<String, Object> tls, String principalRules, Login login, List<String> ownKeys) {
    public ListenerSecurity {
        tls = Map.copyOf(tls);
        ownKeys = List.copyOf(ownKeys);
    }

    /**
     * How users log in.
     *
     * @param mechanisms names of SASL mechanisms
     * @param plainJaas Kafka's text with users and passwords for PLAIN; null where users are in the catalog only
     * @param reauthMillis time after which a user must log in again; 0: never
     * @param failureDelayMillis wait before a failed login is answered
     * @param requestBytesMax the largest request before the login
     * @param millisMax time for handshake and login
     */
    public record Login(
            List<String> mechanisms,
            @Nullable Password plainJaas,
            long reauthMillis,
            long failureDelayMillis,
            int requestBytesMax,
            long millisMax) {}

    /** Returns a key as it stands in the file: with the prefix of the listener where it is set for it alone. */
    public String key(String key) {
        return ownKeys.contains(key) ? ListenerSettings.key(listener, key) : key;
    }

    static ListenerSecurity of(String listener, Map<String, Object> values) {
        Reader reader = new Reader(listener, values);
        Map<String, Object> tls = new HashMap<>();
        SecuritySettings.tls()
                .forEach(setting -> reader.find(setting.key()).ifPresent(value -> tls.put(setting.key(), value)));
        Login login = new Login(
                reader.get(SecuritySettings.MECHANISMS),
                (Password) reader.find("plain." + SecuritySettings.JAAS.key()).orElse(null),
                reader.get(SecuritySettings.REAUTH_MAX_MS),
                reader.get(SecuritySettings.FAILURE_DELAY_MS),
                reader.get(SecuritySettings.LOGIN_REQUEST_MAX_BYTES),
                reader.get(SecuritySettings.LOGIN_MAX_MS));
        List<String> own = SecuritySettings.ALL.stream()
                .map(BrokerSetting::key)
                .filter(key -> values.containsKey(ListenerSettings.key(listener, key)))
                .toList();
        return new ListenerSecurity(listener, tls, reader.get(SecuritySettings.PRINCIPAL_RULES), login, own);
    }

    /** Prefers what is set for the listener alone. */
    private record Reader(String listener, Map<String, Object> values) {
        Optional<Object> find(String key) {
            return Optional.ofNullable(values.getOrDefault(ListenerSettings.key(listener, key), values.get(key)));
        }

        @SuppressWarnings("unchecked") // put under this key by the parser of the same setting, or its default
        <T> T get(BrokerSetting<T> setting) {
            return (T) find(setting.key())
                    .orElseThrow(
                            () -> new IllegalStateException("setting " + setting.key() + " should have a default"));
        }
    }
}
