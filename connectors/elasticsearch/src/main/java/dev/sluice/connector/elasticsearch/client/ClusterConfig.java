package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Password;
import dev.sluice.api.config.Width;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached, read once.
 *
 * @param urls addresses of its nodes, at least one
 * @param username the user of basic authentication, or null
 * @param password the user's password, or null
 * @param isCompressed whether requests are sent compressed
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take
 */
public record ClusterConfig(
        List<String> urls,
        @Nullable String username,
        @Nullable Password password,
        boolean isCompressed,
        Duration connectTimeout,
        Duration readTimeout) {
    private static final String GROUP = "Connection";

    /** The addresses. */
    public static final ConfigKey<List<String>> URLS = ConfigKey.list("connection.url")
            .doc("Addresses of the cluster's nodes, such as https://es1:9200. Without a scheme, http is meant.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.LONG);

    /** The user. */
    public static final ConfigKey<String> USERNAME = ConfigKey.string("connection.username")
            .optional()
            .doc("User, for basic authentication.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** The password. */
    public static final ConfigKey<Password> PASSWORD = ConfigKey.password("connection.password")
            .optional()
            .doc("Password of the user.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether requests are compressed. */
    public static final ConfigKey<Boolean> COMPRESSION = ConfigKey.bool("connection.compression")
            .defaultsTo(false)
            .doc("Whether requests are sent compressed by gzip: less network for more CPU.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How long a connection may take. */
    public static final ConfigKey<Duration> CONNECT_TIMEOUT = ConfigKey.duration("connection.timeout.ms")
            .defaultsTo(Duration.ofSeconds(1))
            .check(Check.between(Duration.ZERO, Duration.ofHours(12)))
            .doc("How long a connection to a node may take to be made.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How long an answer may take. */
    public static final ConfigKey<Duration> READ_TIMEOUT = ConfigKey.duration("read.timeout.ms")
            .defaultsTo(Duration.ofSeconds(30))
            .check(Check.between(Duration.ZERO, Duration.ofDays(7)))
            .doc("How long a node may be silent before a request counts as unanswered. Keep it longer than the"
                    + " slowest bulk request takes: one that is given up is sent again while the cluster still"
                    + " works on it.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** All of them. */
    public static final ConfigSpec SPEC =
            ConfigSpec.of(URLS, USERNAME, PASSWORD, COMPRESSION, CONNECT_TIMEOUT, READ_TIMEOUT);

    /** Copies the addresses in. */
    public ClusterConfig {
        urls = List.copyOf(urls);
    }

    /** Reads the settings. */
    public static ClusterConfig of(Config config) {
        return new ClusterConfig(
                config.get(URLS),
                config.find(USERNAME).orElse(null),
                config.find(PASSWORD).orElse(null),
                config.get(COMPRESSION),
                config.get(CONNECT_TIMEOUT),
                config.get(READ_TIMEOUT));
    }
}
