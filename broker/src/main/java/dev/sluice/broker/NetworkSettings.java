package dev.sluice.broker;

import static dev.sluice.broker.BrokerSetting.integer;
import static dev.sluice.broker.BrokerSetting.text;
import static dev.sluice.broker.BrokerSetting.wholeNumber;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of the front that speaks Kafka's protocol. */
final class NetworkSettings {
    private static final Pattern OVERRIDE = Pattern.compile("\\[?([^\\[\\]]+?)\\]?:(\\d{1,9})");

    /** Kafka listens on all addresses. A broker without passwords shall not be open to others unless asked. */
    static final BrokerSetting<String> LISTENERS =
            text("listeners", "PLAINTEXT://localhost:9092", "Where clients connect: NAME://host:port, with commas.");

    static final BrokerSetting<String> ADVERTISED_LISTENERS =
            text("advertised.listeners", null, "The addresses that clients are told, where others than listeners.");
    static final BrokerSetting<String> PROTOCOL_MAP =
            text("listener.security.protocol.map", "", "Protocols of listeners whose names say none: NAME:PROTOCOL.");
    static final BrokerSetting<String> CONTROLLER_NAMES =
            text("controller.listener.names", "", "Listeners to leave out: there is no controller here.");
    static final BrokerSetting<Integer> REQUEST_MAX_BYTES =
            integer("socket.request.max.bytes", 100 << 20, 1, "The largest request; a larger one ends the connection.");
    static final BrokerSetting<Integer> CONNECTIONS_MAX =
            integer("max.connections", Integer.MAX_VALUE, 0, "The most connections; more are closed at once.");
    static final BrokerSetting<Integer> CONNECTIONS_PER_IP_MAX =
            integer("max.connections.per.ip", Integer.MAX_VALUE, 0, "The most connections from one address.");
    static final BrokerSetting<Map<String, Integer>> CONNECTIONS_PER_IP_OVERRIDES = new BrokerSetting<>(
            "max.connections.per.ip.overrides",
            "addresses with their numbers, as in 10.0.0.1:100,localhost:1000",
            Map.of(),
            null,
            NetworkSettings::parseOverrides,
            "Other numbers than max.connections.per.ip: address or host name, a colon, a number; with commas.");
    /**
     * Kafka has no such bound: its objects for a request of many tiny parts may take thirty times the bytes of the request.
     */
    static final BrokerSetting<Integer> CONTROL_REQUEST_MAX_BYTES = integer(
            "control.request.max.bytes",
            8 << 20,
            1024,
            "The largest request that does not produce; a larger one ends the connection.");
    /** Kafka waits for the rest of a request as long as the connection may be idle. */
    static final BrokerSetting<Long> RECEIVE_MAX_MS = wholeNumber(
            "request.receive.timeout.ms",
            30_000L,
            1,
            "How long a request may take to arrive while others wait for memory; later the connection ends.");

    static final BrokerSetting<Long> IDLE_MAX_MS = wholeNumber(
            "connections.max.idle.ms", 600_000L, 1, "Time without a whole request after which a connection ends.");
    /** Kafka processes one request of a connection at a time; appends wait for the disk, so more of them may. */
    static final BrokerSetting<Integer> IN_FLIGHT_MAX = integer(
            "max.in.flight.requests.per.connection", 16, 1, "Produce requests of a connection that are worked on.");

    static final BrokerSetting<Integer> NETWORK_THREADS =
            integer("num.network.threads", 3, 1, "Event loops for connections; never more than processors.");
    static final BrokerSetting<Integer> FETCH_MAX_BYTES =
            integer("fetch.max.bytes", 55 << 20, 1024, "The most bytes of records in an answer to a fetch.");
    static final BrokerSetting<Integer> DESCRIBED_PARTITIONS_MAX =
            integer("max.request.partition.size.limit", 2000, 1, "The most partitions described in one answer.");
    static final BrokerSetting<Boolean> ANY_REPLICATION_FACTOR = BrokerSetting.flag(
            "accept.any.replication.factor",
            false,
            "Whether a topic may ask for more replicas than the one that it gets.");

    static final List<BrokerSetting<?>> ALL = List.of(
            LISTENERS,
            ADVERTISED_LISTENERS,
            PROTOCOL_MAP,
            CONTROLLER_NAMES,
            REQUEST_MAX_BYTES,
            CONNECTIONS_MAX,
            CONNECTIONS_PER_IP_MAX,
            CONNECTIONS_PER_IP_OVERRIDES,
            CONTROL_REQUEST_MAX_BYTES,
            RECEIVE_MAX_MS,
            IDLE_MAX_MS,
            IN_FLIGHT_MAX,
            NETWORK_THREADS,
            FETCH_MAX_BYTES,
            DESCRIBED_PARTITIONS_MAX,
            ANY_REPLICATION_FACTOR);

    private NetworkSettings() {}

    private static Optional<Map<String, Integer>> parseOverrides(String text) {
        Map<String, Integer> overrides = new LinkedHashMap<>();
        for (String word : text.split(",", -1)) {
            Matcher parts = OVERRIDE.matcher(word.strip());
            if (parts.matches()) {
                overrides.put(parts.group(1), Integer.parseInt(parts.group(2)));
            } else if (!word.isBlank()) {
                return Optional.empty();
            }
        }
        return Optional.of(overrides);
    }
}
