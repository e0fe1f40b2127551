package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.elasticsearch.client.Flavor.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FlavorTest {
    private static final Map<String, String> ELASTIC = Map.of("x-elastic-product", "Elasticsearch");

    @Test
    void theOldestNodeCounts() {
        String body = "{\"nodes\":{\"a\":{\"version\":\"8.19.21\"},\"b\":{\"version\":\"8.2.0\"},\"c\":{}}}";

        assertThat(Flavor.ofNodes(answer(200, body, ELASTIC)))
                .isEqualTo(new Flavor(Product.ELASTICSEARCH, 8, 2, "8.2.0"))
                .hasToString("Elasticsearch 8.2.0");
    }

    @Test
    void openSearchIsKnownByItsNumbers() {
        assertThat(Flavor.ofNodes(answer(200, "{\"nodes\":{\"a\":{\"version\":\"2.19.6\"}}}", Map.of())))
                .hasToString("OpenSearch 2.19.6");
    }

    @Test
    void thePageOfTheRootNamesTheDistribution() {
        String openSearch = "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"7.10.2\"}}";
        String elastic = "{\"version\":{\"number\":\"9.5.3\"}}";

        assertThat(Flavor.ofInfo(answer(200, openSearch, Map.of()), Product.UNKNOWN)
                        .product())
                .isEqualTo(Product.OPENSEARCH);
        assertThat(Flavor.ofInfo(answer(200, elastic, ELASTIC), Product.UNKNOWN))
                .hasToString("Elasticsearch 9.5.3");
    }

    @Test
    void theRootIsAskedWhereTheNodesAreHidden() throws IOException {
        try (FakeNode node = FakeNode.answering((seen, exchange) -> FakeNode.reply(
                        exchange,
                        seen.uri().equals("/") ? 200 : 403,
                        seen.uri().equals("/") ? "{\"version\":{\"number\":\"8.11.0\"}}" : "{}"));
                Cluster cluster = Cluster.of(ClusterConfig.at(node.url()))) {
            assertThat(Flavor.of(cluster)).hasToString("Elasticsearch 8.11.0");
        }
    }

    @Test
    void nothingNeedsToBeKnown() throws IOException {
        try (FakeNode node = FakeNode.answering(405, "{\"error\":\"not here\"}");
                Cluster cluster = Cluster.of(ClusterConfig.at(node.url()))) {
            Flavor flavor = Flavor.of(cluster);

            assertThat(flavor).hasToString("Elasticsearch");
            assertThat(flavor.doubt()).isEmpty();
        }
        assertThat(Flavor.UNKNOWN).hasToString("a server that does not say what it is");
        assertThat(Flavor.UNKNOWN.doubt()).isEmpty();
    }

    @Test
    void whatWasNeverTriedIsDoubted() {
        assertThat(new Flavor(Product.ELASTICSEARCH, 7, 16, "7.16.3").doubt())
                .hasValue("Elasticsearch 7.16.3 is older than 7.17, the oldest that these connectors are made for");
        assertThat(new Flavor(Product.ELASTICSEARCH, 7, 17, "7.17.0").doubt()).isEmpty();
        assertThat(new Flavor(Product.ELASTICSEARCH, 10, 0, "10.0.1").doubt())
                .hasValue("Elasticsearch 10.0.1 is newer than 9, the newest that these connectors are made for");
        assertThat(new Flavor(Product.OPENSEARCH, 3, 8, "3.8.0").doubt()).isEmpty();
        assertThat(new Flavor(Product.OPENSEARCH, 4, 0, "4.0.0").doubt())
                .hasValue("OpenSearch 4.0.0 is newer than 3, the newest that these connectors are made for");
    }

    private static Answer answer(int status, String body, Map<String, String> headers) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), null, headers);
    }
}
