package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asks a real Elasticsearch with users, API keys and TLS. */
final class SecuredClusterIT {
    private static final String BULK = "{\"index\":{\"_index\":\"%s\"}}\n{\"a\":1}\n";

    private static TestingElasticsearch server;

    @BeforeAll
    static void start() {
        server = TestingElasticsearch.setup()
                .user("boss", "boss-secret", "superuser")
                .user("reader", "reader-secret", "reading")
                .role("reading: {indices: [{names: ['mine*'], privileges: [read, write]}]}")
                .infoPage()
                .tls()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aUserMayWriteOverTrustedTls() throws IOException {
        Answer answer = bulk("a-user", user("boss", "boss-secret", Map.of("connection.ca.path", caPath())));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("errors").asBoolean(true)).isFalse();
    }

    @Test
    void aWrongPasswordIsOfTheCredentials() throws IOException {
        Refusal refusal = bulk("x", user("boss", "wrong", trusted())).refusal();

        assertThat(refusal.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(refusal.exception("Cannot write 1 record"))
                .hasMessage(
                        "Cannot write 1 record: security_exception, status 401, unable to authenticate user [boss] for"
                                + " REST request [/_bulk]. Correct connection.username and connection.password,"
                                + " connection.api.key or connection.bearer.token.");
    }

    @Test
    void aMissingPrivilegeIsToldByTheItem() throws IOException {
        JsonNode item = bulk("not-mine", user("reader", "reader-secret", trusted()))
                .json()
                .path("items")
                .path(0)
                .path("index");
        Refusal refusal = Refusal.of(item.path("status").asInt(), item.path("error"));

        assertThat(refusal.kind()).isEqualTo(FailureKind.FORBIDDEN);
        assertThat(refusal.words())
                .startsWith(
                        "security_exception, status 403, action [indices:admin/auto_create] is unauthorized for user"
                                + " [reader] with effective roles [reading] on indices [not-mine]");
    }

    @Test
    void anApiKeyMayDoWhatItWasMadeFor() throws IOException {
        JsonNode key = server.post(
                "/_security/api_key",
                "{\"name\":\"k\",\"role_descriptors\":{\"w\":{\"indices\":[{\"names\":[\"keyed*\"],\"privileges\":[\"all\"]}]}}}");
        String plain = key.path("id").asText() + ":" + key.path("api_key").asText();

        for (String form : new String[] {plain, key.path("encoded").asText()}) {
            Map<String, String> settings = settings(trusted(), Map.of("connection.api.key", form));
            assertThat(bulk("keyed", settings).json().path("errors").asBoolean(true))
                    .isFalse();
            assertThat(bulk("other", settings).text()).contains("\"status\":403");
        }
    }

    @Test
    void aWrongTokenIsOfTheCredentials() throws IOException {
        Map<String, String> settings = settings(trusted(), Map.of("connection.bearer.token", "AAEAAWVsYXN0aWM"));

        assertThat(bulk("x", settings).refusal().kind()).isEqualTo(FailureKind.CREDENTIALS);
    }

    @Test
    void plainHttpIsClosedByTheServer() {
        Map<String, String> settings = user("boss", "boss-secret", Map.of());
        settings.put("connection.url", server.url().replace("https:", "http:"));

        assertThat(catchThrowable(() -> bulk("x", settings)))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure -> assertThat(FailureKind.exception("Cannot write", failure))
                                .hasMessage(
                                        "Cannot write: the connection was closed before an answer; a server that wants"
                                                + " https does that to http. If the cluster is slow rather than gone,"
                                                + " raise read.timeout.ms or send smaller requests."));
    }

    @Test
    void theFlavorIsKnown() throws IOException {
        try (Cluster cluster = cluster(user("boss", "boss-secret", trusted()))) {
            assertThat(Flavor.of(cluster).toString()).startsWith("Elasticsearch 8.");
        }
        try (Cluster cluster = cluster(user("reader", "reader-secret", trusted()))) {
            assertThat(Flavor.of(cluster).product()).isEqualTo(Flavor.Product.ELASTICSEARCH);
        }
    }

    private static String caPath() {
        return server.certificate().pem().toString();
    }

    private static Map<String, String> trusted() {
        return Map.of("connection.ca.fingerprint", server.certificate().fingerprint());
    }

    private static Map<String, String> user(String name, String password, Map<String, String> more) {
        return settings(more, Map.of("connection.username", name, "connection.password", password));
    }

    private static Map<String, String> settings(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("connection.url", server.url(), "connection.timeout.ms", "10000"));
        all.putAll(some);
        all.putAll(more);
        return all;
    }

    private static Answer bulk(String index, Map<String, String> settings) throws IOException {
        try (Cluster cluster = cluster(settings)) {
            return cluster.call(Request.json("POST", "/_bulk", BULK.formatted(index)));
        }
    }

    private static Cluster cluster(Map<String, String> settings) {
        return Cluster.of(ClusterConfig.of(ClusterConfig.SPEC.parse(new HashMap<>(settings))));
    }
}
