package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the nodes of a cluster are.
 *
 * @param nodes the nodes, at least one, all with the same scheme
 * @param pathPrefix what stands before the path of each request, such as {@code /search}; empty for nothing
 */
public record Addresses(List<NodeAddress> nodes, String pathPrefix) {
    private static final String GROUP = "Connection";

    /** The addresses. */
    public static final ConfigKey<List<String>> URLS = ConfigKey.list("connection.url")
            .defaultsTo(List.of())
            .doc("Addresses of the cluster's nodes, such as https://es1:9200. Without a scheme, http is meant,"
                    + " unless another address begins with https: then all do. Without a port, that of the scheme,"
                    + " 80 or 443. A path stands before the paths of all requests. Required, unless"
                    + " connection.cloud.id is given.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.LONG);

    /** The cluster in Elastic's cloud. */
    public static final ConfigKey<String> CLOUD_ID = ConfigKey.string("connection.cloud.id")
            .extended()
            .optional()
            .doc("Cloud ID of a deployment in Elastic Cloud, as its page shows it. In the place of connection.url.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.LONG);

    /** Both. */
    public static final ConfigSpec SPEC = ConfigSpec.of(URLS, CLOUD_ID).rule(Addresses::check);

    /** Copies the nodes in. */
    public Addresses {
        nodes = List.copyOf(nodes);
    }

    /** Reads the settings. */
    public static Addresses of(Config config) {
        return config.find(CLOUD_ID).filter(id -> !id.isBlank()).isPresent()
                ? new Addresses(List.of(CloudId.node(config.find(CLOUD_ID).orElseThrow())), "")
                : parsed(config.get(URLS));
    }

    /** Returns the nodes as text: {@code https://es1:9200, https://es2:9200}. */
    public String shown() {
        return String.join(", ", nodes.stream().map(NodeAddress::url).toList());
    }

    private static void check(Config config, ConfigProblems problems) {
        boolean hasCloud = config.find(CLOUD_ID).filter(id -> !id.isBlank()).isPresent();
        List<String> urls = config.get(URLS);
        if (hasCloud == !urls.isEmpty()) {
            problems.error(
                    URLS,
                    hasCloud
                            ? "Cannot tell which cluster is meant: connection.url and connection.cloud.id are both set."
                            : "Cannot do without setting connection.url: it is required and was not given.",
                    hasCloud ? "Keep one of them." : "Set it to the addresses of the nodes, such as https://es1:9200.");
            return;
        }
        try {
            Addresses unused = of(config);
        } catch (ConfigException wrong) {
            problems.error(hasCloud ? CLOUD_ID : URLS, String.valueOf(wrong.getMessage()));
        }
    }

    private static Addresses parsed(List<String> urls) {
        boolean isSecure = urls.stream().anyMatch(url -> url.regionMatches(true, 0, "https://", 0, 8));
        List<NodeAddress> nodes = new ArrayList<>();
        Set<String> prefixes = new LinkedHashSet<>();
        for (String url : urls) {
            ParsedUrl each = ParsedUrl.of(url);
            nodes.add(new NodeAddress(isSecure ? "https" : "http", each.host(), each.port()));
            prefixes.add(each.path());
        }
        if (prefixes.size() > 1) {
            throw new ConfigException("Cannot use connection.url: its addresses have different paths, " + prefixes
                    + ". Give all nodes the same path, or none.");
        }
        return new Addresses(nodes, prefixes.iterator().next());
    }
}
