package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Password;
import dev.sluice.api.config.Width;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy through which the cluster is reached.
 *
 * @param host its host
 * @param port its port
 * @param username the user, or null if it asks for none
 * @param password the user's password, or null
 */
public record ProxyConfig(
        String host,
        int port,
        @Nullable String username,
        @Nullable Password password) {
    private static final String GROUP = "Proxy";
    private static final int PORT_MAX = 65_535;

    /** The host. */
    public static final ConfigKey<String> HOST = ConfigKey.string("proxy.host")
            .defaultsTo("")
            .doc("Host of the HTTP proxy through which the cluster is reached. Empty for none.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.LONG);

    /** The port. */
    public static final ConfigKey<Integer> PORT = ConfigKey.integer("proxy.port")
            .defaultsTo(8080)
            .check(Check.between(1, PORT_MAX))
            .doc("Port of the proxy.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** The user. */
    public static final ConfigKey<String> USERNAME = ConfigKey.string("proxy.username")
            .defaultsTo("")
            .doc("User of the proxy, for basic authentication.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** The password. */
    public static final ConfigKey<Password> PASSWORD = ConfigKey.password("proxy.password")
            .optional()
            .doc("Password of that user.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** All of them. */
    public static final ConfigSpec SPEC =
            ConfigSpec.of(HOST, PORT, USERNAME, PASSWORD).rule(ProxyConfig::check);

    /** Reads the settings; empty if there is no proxy. */
    public static Optional<ProxyConfig> of(Config config) {
        String host = config.get(HOST).strip();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String user = config.get(USERNAME).strip();
        return Optional.of(new ProxyConfig(
                host,
                config.get(PORT),
                user.isEmpty() ? null : user,
                config.find(PASSWORD).orElse(null)));
    }

    private static void check(Config config, ConfigProblems problems) {
        boolean hasUser = !config.get(USERNAME).isBlank();
        boolean hasPassword =
                config.find(PASSWORD).filter(password -> !password.isEmpty()).isPresent();
        if (hasUser != hasPassword) {
            problems.error(
                    USERNAME,
                    "Cannot use one of proxy.username and proxy.password: a user needs its password.",
                    "Give both or none.");
        }
        if (config.get(HOST).contains("/")) {
            problems.error(
                    HOST,
                    "Cannot use proxy.host=" + config.get(HOST) + ": it must be the name of a host alone.",
                    "Leave out the scheme, and give the port by proxy.port.");
        }
    }
}
