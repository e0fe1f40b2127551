package dev.sluice.connector.elasticsearch.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a cluster is. Nothing that is written or read depends on it: it tells users what they have, and whether that was ever tried.
 *
 * @param product whose server it is
 * @param major the first number of its version; of several nodes, the oldest; 0 if that is not known
 * @param minor the second number
 * @param version the version as the server tells it; empty if that is not known
 */
public record Flavor(Product product, int major, int minor, String version) {
    /** Whose server it is. */
    public enum Product {
        /** Elasticsearch. */
        ELASTICSEARCH("Elasticsearch"),
        /** OpenSearch. */
        OPENSEARCH("OpenSearch"),
        /** Something that does not say so. */
        UNKNOWN("a server that does not say what it is");

        private final String shown;

        Product(String shown) {
            this.shown = shown;
        }
    }

    /** A cluster of which nothing is known, which is allowed. */
    public static final Flavor UNKNOWN = new Flavor(Product.UNKNOWN, 0, 0, "");

    private static final Request NODES =
            Request.of("GET", "/_nodes/jvm").with(Map.of("filter_path", "nodes.*.version"));
    private static final Request INFO = Request.of("GET", "/");
    private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3}).*");
    private static final int OPENSEARCH_MAJOR_MAX = 3;
    private static final Comparator<Flavor> BY_AGE =
            Comparator.comparingInt(Flavor::major).thenComparingInt(Flavor::minor);

    /**
     * Asks a cluster. Who may not see the nodes may see the page of the root, and the other way round: proxies and small builds refuse
     * that one.
     *
     * @throws IOException if no node answered; any answer tells at least that nothing is known
     */
    public static Flavor of(Cluster cluster) throws IOException {
        Answer nodes = cluster.call(NODES);
        Flavor byNodes = ofNodes(nodes);
        return byNodes.major > 0 ? byNodes : ofInfo(cluster.call(INFO), productOf(nodes));
    }

    /** Reads the versions of the nodes; the oldest counts. */
    static Flavor ofNodes(Answer answer) {
        Product product = productOf(answer);
        return StreamSupport.stream(answer.json().path("nodes").spliterator(), false)
                .map(node -> of(product, node.path("version").asText()))
                .filter(each -> each.major > 0)
                .min(BY_AGE)
                .orElse(UNKNOWN);
    }

    /** Reads the page of the root. OpenSearch may give the version of an old Elasticsearch there, for the sake of old clients. */
    static Flavor ofInfo(Answer answer, Product byHeader) {
        JsonNode version = answer.json().path("version");
        boolean isOpenSearch = "opensearch".equals(version.path("distribution").asText());
        Product product =
                isOpenSearch ? Product.OPENSEARCH : byHeader == Product.UNKNOWN ? productOf(answer) : byHeader;
        return of(product, version.path("number").asText());
    }

    /** Elasticsearch says who it is since 7.14; OpenSearch never does, but has the numbers of none that is still run. */
    private static Flavor of(Product product, String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return new Flavor(product, 0, 0, "");
        }
        int major = Integer.parseInt(numbers.group(1));
        boolean isOpenSearch = product == Product.UNKNOWN && major <= OPENSEARCH_MAJOR_MAX;
        return new Flavor(
                isOpenSearch ? Product.OPENSEARCH : product, major, Integer.parseInt(numbers.group(2)), version);
    }

    private static Product productOf(Answer answer) {
        return "Elasticsearch".equals(answer.headers().get("x-elastic-product"))
                ? Product.ELASTICSEARCH
                : Product.UNKNOWN;
    }

    /** Returns why these connectors are not known to work with it; empty if they are, or if nothing is known of it. */
    public Optional<String> doubt() {
        return switch (product) {
            case ELASTICSEARCH -> doubt(7, 17, 9);
            case OPENSEARCH -> doubt(1, 0, 3);
            case UNKNOWN -> major == 0 ? Optional.empty() : doubt(7, 17, 9);
        };
    }

    private Optional<String> doubt(int firstMajor, int firstMinor, int lastMajor) {
        if (major == 0) {
            return Optional.empty();
        }
        boolean isOlder = major < firstMajor || (major == firstMajor && minor < firstMinor);
        if (isOlder) {
            return Optional.of(this + " is older than " + firstMajor + "." + firstMinor
                    + ", the oldest that these connectors are made for");
        }
        return major > lastMajor
                ? Optional.of(this + " is newer than " + lastMajor + ", the newest that these connectors are made for")
                : Optional.empty();
    }

    /** Returns product and version, such as {@code Elasticsearch 8.19.21}. */
    @Override
    public String toString() {
        return version.isEmpty() ? product.shown : product.shown + " " + version;
    }
}
