package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.elasticsearch.tls.Tls;
import dev.sluice.connector.elasticsearch.tls.TlsKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached, read once.
 *
 * @param addresses where its nodes are
 * @param credentials who asks, or null for nobody in particular
 * @param tls how connections are encrypted, or null if they are not
 * @param proxy the proxy before it, or null
 * @param transport how requests travel
 */
public record ClusterConfig(
        Addresses addresses,
        @Nullable Credentials credentials,
        @Nullable Tls tls,
        @Nullable ProxyConfig proxy,
        Transport transport) {
    private static final String GROUP = "Connection";

    /**
     * How requests travel.
     *
     * @param isCompressed whether requests are sent compressed
     * @param connectTimeout how long a connection may take
     * @param readTimeout how long a node may be silent
     * @param idleTime how long an unused connection is kept; negative for ever
     * @param isSniffing whether the cluster is asked for its other nodes
     */
    public record Transport(
            boolean isCompressed,
            Duration connectTimeout,
            Duration readTimeout,
            Duration idleTime,
            boolean isSniffing) {}

    /** Says whether connections are meant to be encrypted, in the words of Confluent's sink. */
    public enum SecurityProtocol {
        /** As the addresses say. */
        PLAINTEXT,
        /** Encrypted. */
        SSL
    }

    /** Whether connections are meant to be encrypted. */
    public static final ConfigKey<SecurityProtocol> SECURITY_PROTOCOL = ConfigKey.enumeration(
                    "elastic.security.protocol", SecurityProtocol.class)
            .defaultsTo(SecurityProtocol.PLAINTEXT)
            .doc("SSL if the cluster must be reached by https. Addresses that begin with https are encrypted either"
                    + " way.")
            .importance(Importance.MEDIUM)
            .group("Encryption")
            .width(Width.SHORT);

    /** Whether requests are compressed. */
    public static final ConfigKey<Boolean> COMPRESSION = ConfigKey.bool("connection.compression")
            .defaultsTo(false)
            .doc("Whether requests and answers are sent compressed by gzip: less network for more CPU.")
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

    /** How long an unused connection is kept. */
    public static final ConfigKey<Duration> IDLE_TIME = ConfigKey.duration("max.connection.idle.time.ms")
            .defaultsTo(Duration.ofMinutes(1))
            .check(Check.between(Duration.ofMillis(-1), Duration.ofDays(1)))
            .doc("How long an unused connection is kept, -1 for as long as the node does. Keep it shorter than a"
                    + " load balancer before the cluster does, or requests are sent on connections that it has"
                    + " forgotten.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether the cluster is asked for its other nodes. */
    public static final ConfigKey<Boolean> SNIFFING = ConfigKey.bool("connection.sniffing")
            .extended()
            .defaultsTo(false)
            .doc("Whether the cluster is asked for its other nodes every five minutes, which are then used too."
                    + " Leave it off where nodes are reached through a load balancer, a proxy or under other names"
                    + " than they know.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** All of them. */
    public static final ConfigSpec SPEC = Addresses.SPEC
            .plus(Credentials.SPEC)
            .plus(COMPRESSION, CONNECT_TIMEOUT, READ_TIMEOUT, IDLE_TIME, SNIFFING)
            .plus(ProxyConfig.SPEC)
            .plus(SECURITY_PROTOCOL)
            .plus(TlsKeys.SPEC)
            .rule(ClusterConfig::check);

    /**
     * Reads the settings and the files of keys and certificates that they name.
     *
     * @throws dev.sluice.api.config.ConfigException if such a file cannot be used
     */
    public static ClusterConfig of(Config config) {
        Addresses addresses = Addresses.of(config);
        boolean isSecure = "https".equals(addresses.nodes().get(0).scheme());
        return new ClusterConfig(
                addresses,
                Credentials.of(config).orElse(null),
                isSecure ? Tls.of(config) : null,
                ProxyConfig.of(config).orElse(null),
                new Transport(
                        config.get(COMPRESSION),
                        config.get(CONNECT_TIMEOUT),
                        config.get(READ_TIMEOUT),
                        config.get(IDLE_TIME),
                        config.get(SNIFFING)));
    }

    /** Returns the settings of a cluster at an address and nothing else, for tests and tools. */
    public static ClusterConfig at(String... urls) {
        return of(SPEC.parse(Map.of(Addresses.URLS.name(), String.join(",", urls))));
    }

    /** Returns a copy with other time-outs. */
    public ClusterConfig within(Duration connectTimeout, Duration readTimeout) {
        Transport changed = new Transport(
                transport.isCompressed, connectTimeout, readTimeout, transport.idleTime, transport.isSniffing);
        return new ClusterConfig(addresses, credentials, tls, proxy, changed);
    }

    /** Returns a copy with one of the nodes alone. */
    public ClusterConfig only(NodeAddress node) {
        return new ClusterConfig(
                new Addresses(List.of(node), addresses.pathPrefix()), credentials, tls, proxy, transport);
    }

    private static void check(Config config, ConfigProblems problems) {
        boolean isPlain = config.find(Addresses.CLOUD_ID).isEmpty()
                && config.get(Addresses.URLS).stream().noneMatch(url -> url.regionMatches(true, 0, "https://", 0, 8));
        if (isPlain && config.get(SECURITY_PROTOCOL) == SecurityProtocol.SSL) {
            problems.error(
                    SECURITY_PROTOCOL,
                    "Cannot use elastic.security.protocol=SSL: no address of connection.url begins with https, so that"
                            + " nothing would be encrypted.",
                    "Write https://, or leave the protocol out.");
        }
    }
}
