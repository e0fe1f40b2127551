package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ClusterProbeTest {
    private static final String HEALTHY = "{\"status\":\"green\"}";

    @Test
    void aRedirectNamesItsTarget() throws Exception {
        try (FakeNode node = FakeNode.answering((seen, exchange) -> {
            exchange.getResponseHeaders().set("Location", "https://es.example/");
            FakeNode.reply(exchange, 308, "");
        })) {
            assertThat(findings(node.url(), Map.of()))
                    .containsExactly(
                            "ERROR connection.url: Cannot use node " + node.url() + ": it sends requests elsewhere, to"
                                    + " https://es.example/. Set connection.url to the address that it names.");
        }
    }

    @Test
    void whatIsNoElasticsearchIsTold() throws Exception {
        try (FakeNode node = FakeNode.answering(404, "<html><title>404 Not Found</title>nginx</html>")) {
            assertThat(findings(node.url(), Map.of()))
                    .containsExactly(
                            "ERROR connection.url: Cannot use node " + node.url() + ": what answers there is no"
                                    + " Elasticsearch, it says status"
                                    + " 404, 404 Not Found nginx."
                                    + " Correct the address or its"
                                    + " path.");
        }
    }

    @Test
    void aServerThatIsNotReadyIsTold() throws Exception {
        try (FakeNode node = FakeNode.answering(503, "")) {
            assertThat(findings(node.url(), Map.of()))
                    .containsExactly("ERROR connection.url: Cannot use node " + node.url()
                            + ": it answers status 503. Wait until" + " the cluster is up, or look into its log.");
        }
    }

    @Test
    void theSettingThatGaveTheCredentialsIsNamed() throws Exception {
        try (FakeNode node = FakeNode.answering(401, "{\"error\":\"no\"}")) {
            assertThat(findings(node.url(), Map.of("connection.api.key", "k")))
                    .singleElement()
                    .asString()
                    .startsWith("ERROR connection.api.key: Cannot use node " + node.url()
                            + ": it does not accept the API key, status 401, no. Correct ");
            assertThat(findings(node.url(), Map.of("connection.bearer.token", "t")))
                    .singleElement()
                    .asString()
                    .startsWith("ERROR connection.bearer.token: ");
            assertThat(findings(node.url(), Map.of()))
                    .singleElement()
                    .asString()
                    .contains("it does not accept requests without credentials");
        }
    }

    @Test
    void aProxyThatRefusesTheLoginIsTold() throws Exception {
        try (FakeNode proxy = FakeNode.answering(407, "")) {
            Map<String, String> settings =
                    Map.of("proxy.host", "127.0.0.1", "proxy.port", String.valueOf(proxy.port()));

            assertThat(findings("http://es.example:9200", settings))
                    .containsExactly("ERROR proxy.username: Cannot use the proxy: it does not accept the login. Correct"
                            + " proxy.username and proxy.password.");
        }
    }

    @Test
    void aUserWhoMayNotSeeTheHealthIsNoProblem() throws Exception {
        try (FakeNode node = FakeNode.answering(403, "{\"error\":{\"type\":\"security_exception\"}}")) {
            assertThat(findings(node.url(), Map.of())).isEmpty();
        }
    }

    @Test
    void aVersionThatWasNeverTriedIsAWarning() throws Exception {
        try (FakeNode node = FakeNode.answering((seen, exchange) -> FakeNode.reply(
                exchange,
                200,
                seen.uri().startsWith("/_nodes") ? "{\"nodes\":{\"a\":{\"version\":\"7.4.0\"}}}" : HEALTHY))) {
            assertThat(findings(node.url(), Map.of()))
                    .containsExactly(
                            "WARNING connection.url: Elasticsearch 7.4.0 is older than 7.17, the oldest that these"
                                    + " connectors are made for. Try it before you rely on it.");
        }
    }

    @Test
    void aNodeThatIsSilentEndsTheTryInTime() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeNode silent = FakeNode.answering((seen, exchange) -> ended.await());
                FakeNode good = FakeNode.answering(200, HEALTHY)) {
            assertThat(findings(silent.url() + "," + good.url(), Map.of()))
                    .anySatisfy(finding -> assertThat(finding)
                            .startsWith("WARNING connection.url: Cannot reach node " + silent.url() + ": "));
        } finally {
            ended.countDown();
        }
    }

    @Test
    void onlyElasticsearchTellsOfPrivileges() throws Exception {
        try (FakeNode node = FakeNode.answering((seen, exchange) ->
                        FakeNode.reply(exchange, seen.uri().endsWith("_has_privileges") ? 404 : 200, HEALTHY));
                ClusterProbe probe = new ClusterProbe(ClusterConfig.at(node.url()), Duration.ofSeconds(5))) {
            assertThat(probe.missingPrivileges(Map.of("orders", List.of("index"))))
                    .isEmpty();
        }
        String told = "{\"index\":{\"orders\":{\"index\":true,\"delete\":false}}}";
        try (FakeNode node = FakeNode.answering(200, told);
                ClusterProbe probe = new ClusterProbe(ClusterConfig.at(node.url()), Duration.ofSeconds(5))) {
            assertThat(probe.missingPrivileges(Map.of("orders", List.of("index", "delete"))))
                    .isEqualTo(Map.of("orders", List.of("delete")));
            assertThat(node.seen())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.text())
                            .isEqualTo("{\"index\":[{\"names\":[\"orders\"],\"privileges\":[\"index\",\"delete\"]}]}"));
        }
    }

    private static List<String> findings(String urls, Map<String, String> settings) throws InterruptedException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("connection.url", urls);
        ClusterConfig config = ClusterConfig.of(ClusterConfig.SPEC.parse(new HashMap<>(all)));
        try (ClusterProbe probe = new ClusterProbe(config, Duration.ofSeconds(1))) {
            return probe.run().stream().map(ClusterProbeTest::shown).toList();
        }
    }

    private static String shown(ConfigProblem problem) {
        return problem.severity() + " " + problem.key() + ": " + problem.message() + " " + problem.fix();
    }
}
