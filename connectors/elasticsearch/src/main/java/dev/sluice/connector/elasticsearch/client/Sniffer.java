package dev.sluice.connector.elasticsearch.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

/**
 * Asks the cluster for its nodes now and then, so that those that joined are used too. Without a thread of its own: it asks beside a
 * request of somebody else. May be used from any thread; of several that come at once, one asks.
 */
final class Sniffer {
    static final Request NODES =
            Request.of("GET", "/_nodes/http").with(Map.of("filter_path", "nodes.*.http.publish_address,nodes.*.roles"));

    private static final long NEVER = Long.MIN_VALUE;
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final String scheme;
    private final LongSupplier nanos;
    private final AtomicLong askedAt = new AtomicLong(NEVER);

    Sniffer(String scheme, LongSupplier nanos) {
        this.scheme = scheme;
        this.nanos = nanos;
    }

    /** Returns whether it is time to ask; true to one caller only. */
    boolean isDue() {
        long last = askedAt.get();
        long now = nanos.getAsLong();
        return (last == NEVER || now - last >= PAUSE.toNanos()) && askedAt.compareAndSet(last, now);
    }

    /** Returns the nodes that an answer tells of and that take requests; empty to keep those that are known. */
    List<NodeAddress> nodes(Answer answer) {
        List<NodeAddress> nodes = new ArrayList<>();
        if (answer.isSuccess()) {
            for (JsonNode each : answer.json().path("nodes")) {
                String address = each.path("http").path("publish_address").asText();
                if (!address.isEmpty() && !isMasterOnly(each.path("roles"))) {
                    nodes.add(node(address));
                }
            }
        }
        return nodes;
    }

    /** Those that only lead the cluster are to be left in peace. */
    private static boolean isMasterOnly(JsonNode roles) {
        List<String> names = StreamSupport.stream(roles.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return names.contains("master")
                && names.stream().noneMatch(role -> role.startsWith("data") || role.equals("ingest"));
    }

    /** Reads {@code 10.0.0.1:9200}, {@code [::1]:9200}, or {@code name/10.0.0.1:9200}, where the name is what certificates know. */
    private NodeAddress node(String address) {
        int slash = address.indexOf('/');
        int colon = address.lastIndexOf(':');
        String host = slash > 0 ? address.substring(0, slash) : address.substring(0, colon);
        return new NodeAddress(scheme, host, Integer.parseInt(address.substring(colon + 1)));
    }
}
