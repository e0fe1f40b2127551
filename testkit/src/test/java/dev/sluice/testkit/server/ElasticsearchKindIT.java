package dev.sluice.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ElasticsearchKindIT {
    @ParameterizedTest
    @EnumSource
    void startsAndStoresDocuments(ElasticsearchKind kind) {
        assumeTrue(kind.isAvailable(), kind + " is not unpacked, or needs a newer Java");
        try (TestingElasticsearch server = TestingElasticsearch.setup(kind).start()) {
            String index = server.freshIndex();
            server.index(index, "1", "{\"name\": \"pear\"}");
            assertThat(server.documents(index)).extracting(StoredDocument::id).containsExactly("1");
            assertThat(server.get("/_nodes").findPath("version").asText()).isEqualTo(kind.version());
        }
    }

    @Test
    void oneIsInEveryBuild() {
        assertThat(ElasticsearchKind.available()).contains(ElasticsearchKind.ELASTICSEARCH_8);
    }

    @Test
    void hasScripts() {
        ElasticsearchKind kind = ElasticsearchKind.OPENSEARCH_2_WITH_MODULES;
        assumeTrue(kind.isAvailable(), kind + " is not unpacked");
        try (TestingElasticsearch server = TestingElasticsearch.setup(kind).start()) {
            server.index("fruit", "1", "{\"count\": 1}");
            server.post("/fruit/_update/1", "{\"script\": \"ctx._source.count += 1\"}");
            server.put(
                    "/_ingest/pipeline/mark", "{\"processors\": [{\"set\": {\"field\": \"mark\", \"value\": true}}]}");
            server.put("/fruit/_doc/2?pipeline=mark", "{}");
            assertThat(server.documents("fruit"))
                    .extracting(document -> document.json().toString())
                    .containsExactly("{\"count\":2}", "{\"mark\":true}");
        }
    }
}
