package dev.sluice.broker;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of one listener alone: {@code listener.name.<name>.<key>} for the keys of {@link SecuritySettings}. */
final class ListenerSettings {
    /** As in Kafka, a name with a dot has no settings of its own. */
    private static final Pattern KEY = Pattern.compile("listener\\.name\\.([^.]+)\\.(.+)");

    private static final List<String> JAAS_KEYS = List.of(
            "plain." + SecuritySettings.JAAS.key(),
            "scram-sha-256." + SecuritySettings.JAAS.key(),
            "scram-sha-512." + SecuritySettings.JAAS.key());

    private ListenerSettings() {}

    /** What a key sets; empty where it is no setting of a listener that has an effect. */
    static Optional<BrokerSetting<?>> find(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String rest = parts.group(2);
        if (JAAS_KEYS.contains(rest)) {
            return Optional.of(SecuritySettings.JAAS);
        }
        for (BrokerSetting<?> setting : SecuritySettings.ALL) {
            if (setting.key().equals(rest)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The key of a setting for one listener. */
    static String key(String listener, String key) {
        return "listener.name." + listener.toLowerCase(Locale.ROOT) + "." + key;
    }
}
