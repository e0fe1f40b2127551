package dev.sluice.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TestingElasticsearchIT {
    private static final TestingElasticsearch SHARED = TestingElasticsearch.shared();

    @Test
    void returnsTheDocumentsOfAnIndex() {
        String index = SHARED.freshIndex();
        SHARED.index(index, "pear/1 2", "{\"name\": \"pear\", \"price\": 1.10}");
        SHARED.index(index, "apple", "{\"name\": \"apple\"}");
        SHARED.index(index, "apple", "{\"name\": \"\\u00e4pple\"}");

        assertThat(SHARED.count(index)).isEqualTo(2);
        assertThat(SHARED.documents(index))
                .extracting(StoredDocument::id, StoredDocument::version, StoredDocument::seqNo)
                .containsExactly(tuple("apple", 2L, 2L), tuple("pear/1 2", 1L, 0L));
        assertThat(SHARED.documents(index).get(0).source()).isEqualTo(Map.of("name", "\u00e4pple"));
    }

    @Test
    void returnsMoreDocumentsThanOnePageHolds() {
        String index = SHARED.freshIndex();
        StringBuilder lines = new StringBuilder();
        for (int id = 0; id < 2_500; id++) {
            lines.append("{\"index\": {\"_index\": \"%s\", \"_id\": \"%d\"}}\n{\"n\": %d}\n".formatted(index, id, id));
        }
        SHARED.bulk(lines.toString());
        assertThat(SHARED.documents(index)).hasSize(2_500);
    }

    @Test
    void saysWhatTheServerAnswered() {
        String index = SHARED.freshIndex();
        assertThatThrownBy(() -> SHARED.get("/" + index))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GET /" + index + " on ELASTICSEARCH_8 answered 404: ")
                .hasMessageContaining("index_not_found_exception");
        assertThatThrownBy(() -> SHARED.bulk("{\"delete\": {\"_index\": \"" + index + "\", \"_id\": \"\"}}"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hasWhatItHadTakenWhenItWasKilled() {
        try (TestingElasticsearch server = TestingElasticsearch.start("thread_pool.write.size=1")) {
            String url = server.url();
            server.index("fruit", "1", "{}");
            server.kill();
            assertThatThrownBy(() -> server.get("/fruit")).hasMessageContaining(url);
            server.restart();
            assertThat(server.url()).isEqualTo(url);
            assertThat(server.count("fruit")).isEqualTo(1);
            assertThat(server.get("/_nodes/settings")
                            .findPath("write")
                            .findPath("size")
                            .asText())
                    .isEqualTo("1");
        }
    }

    @Test
    void hasUsersTlsAndApiKeys() {
        try (TestingElasticsearch server = TestingElasticsearch.setup()
                .user("admin", "secret", "superuser")
                .role("reader: {indices: [{names: ['fruit*'], privileges: [read]}]}")
                .user("guest", "secret", "reader")
                .tlsWithClientCertificates()
                .infoPage()
                .start()) {
            assertThat(server.url()).startsWith("https://127.0.0.1:");
            assertThat(server.get("/").at("/version/number").asText()).isEqualTo("8.19.21");
            assertThat(server.post("/_security/api_key", "{\"name\": \"key\"}")
                            .path("api_key")
                            .asText())
                    .isNotEmpty();
            assertThat(server.get("/_security/_authenticate").path("username").asText())
                    .isEqualTo("admin");
            assertThat(server.certificate().fingerprint()).hasSize(64);
            assertThat(server.clientCertificate().pem()).isRegularFile();
        }
    }
}
