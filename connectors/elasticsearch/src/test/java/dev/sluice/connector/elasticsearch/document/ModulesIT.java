package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.testkit.server.ElasticsearchKind;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What takes modules that Elasticsearch's minimal build lacks: run against OpenSearch, which has them. */
final class ModulesIT {
    private static final ElasticsearchKind KIND = ElasticsearchKind.OPENSEARCH_2_WITH_MODULES;

    @BeforeEach
    void needsTheServer() {
        assumeTrue(KIND.isAvailable(), "needs the files of OpenSearch: mvn -f testkit/servers/pom.xml package");
    }

    private static TestingElasticsearch server() {
        return TestingElasticsearch.shared(KIND);
    }

    private static ServerWriting writing(String... settings) {
        return new ServerWriting(server(), server().freshIndex("mod"), settings);
    }

    private static int status(JsonNode item) {
        return item.path("status").asInt();
    }

    private static JsonNode tree(String json) {
        return json(json).encodedAs("application/json").map(ModulesIT::read).orElseThrow();
    }

    private static JsonNode read(byte[] json) {
        try {
            return ServerWriting.JSON.readTree(json);
        } catch (java.io.IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Test
    void upsertsUpdatesAndClears() {
        try (ServerWriting writing =
                writing("write.method", "upsert", "behavior.on.null.values", "clear", "clear.fields", "a,o.x")) {
            assertThat(status(writing.write("k", json("{\"a\":1,\"o\":{\"x\":1,\"y\":2}}"))))
                    .isEqualTo(201);
            assertThat(status(writing.write("k", json("{\"b\":2}")))).isEqualTo(200);
            assertThat(writing.source("k")).isEqualTo(tree("{\"a\":1,\"b\":2,\"o\":{\"x\":1,\"y\":2}}"));
            assertThat(status(writing.write("k", SchemaAndValue.NULL))).isEqualTo(200);
            assertThat(writing.source("k")).isEqualTo(tree("{\"a\":null,\"b\":2,\"o\":{\"x\":null,\"y\":2}}"));
            assertThat(status(writing.write("none", SchemaAndValue.NULL))).isEqualTo(404);
        }
        try (ServerWriting writing = writing("write.method", "update")) {
            assertThat(status(writing.write("none", json("{\"a\":1}")))).isEqualTo(404);
        }
    }

    @Test
    void runsScripts() {
        try (ServerWriting writing = writing(
                "write.method",
                "script",
                "script.source",
                "if (ctx._source.last == null || ctx._source.last < params.offset) {"
                        + " ctx._source.sum = (ctx._source.sum ?: 0) + params.doc.n; ctx._source.last = params.offset }")) {
            assertThat(status(writing.write("k", json("{\"n\":5}")))).isEqualTo(201);
            assertThat(status(writing.write("k", json("{\"n\":7}")))).isEqualTo(200);
            assertThat(writing.source("k")).isEqualTo(tree("{\"sum\":12,\"last\":1}"));
        }
        try (ServerWriting writing = writing(
                "write.method",
                "script",
                "script.missing",
                "document",
                "script.source",
                "ctx._source.n += params.doc.n")) {
            assertThat(status(writing.write("k", json("{\"n\":5}")))).isEqualTo(201);
            assertThat(status(writing.write("k", json("{\"n\":7}")))).isEqualTo(200);
            assertThat(writing.source("k")).isEqualTo(tree("{\"n\":12}"));
        }
        try (ServerWriting writing =
                writing("write.method", "script", "script.missing", "ignore", "script.source", "ctx._source.n = 1")) {
            assertThat(status(writing.write("k", json("{\"n\":5}")))).isEqualTo(404);
        }
    }

    @Test
    void sendsDocumentsThroughPipelines() {
        server().put("/_ingest/pipeline/mark", "{\"processors\":[{\"set\":{\"field\":\"marked\",\"value\":true}}]}");
        try (ServerWriting writing = writing("ingest.pipeline", "mark")) {
            assertThat(status(writing.write("k", json("{\"a\":1}")))).isEqualTo(201);
            assertThat(writing.source("k")).isEqualTo(tree("{\"a\":1,\"marked\":true}"));
        }
    }

    @Test
    void joinsChildrenToParents() {
        try (ServerWriting writing = writing(
                "join.field",
                "rel",
                "join.name",
                "{field:kind}",
                "join.parent",
                "{field:parent}",
                "index.auto.create",
                "false")) {
            String index = writing.record("k", SchemaAndValue.NULL).topic();
            server().put(
                            "/" + index,
                            "{\"settings\":{\"number_of_shards\":5},\"mappings\":{\"properties\":{\"rel\":{\"type\":\"join\","
                                    + "\"relations\":{\"question\":\"answer\"}}}}}");
            StructSchema schema = Schema.struct()
                    .field("kind", Schema.STRING)
                    .field("parent", Schema.STRING.optional())
                    .build();
            Struct question = Struct.builder(schema).set("kind", "question").build();
            Struct answer = Struct.builder(schema)
                    .set("kind", "answer")
                    .set("parent", "q1")
                    .build();
            assertThat(status(writing.write("q1", SchemaAndValue.of(schema, question))))
                    .isEqualTo(201);
            assertThat(status(writing.write("a1", SchemaAndValue.of(schema, answer))))
                    .isEqualTo(201);
            JsonNode found = server().post(
                            "/" + index + "/_search",
                            "{\"query\":{\"has_parent\":{\"parent_type\":\"question\",\"query\":{\"match_all\":{}}}}}");
            assertThat(found.at("/hits/hits/0/_id").asText()).isEqualTo("a1");
            assertThat(found.at("/hits/hits/0/_routing").asText()).isEqualTo("q1");
        }
    }

    @Test
    void keepsDecimalsExact() {
        StructSchema schema =
                Schema.struct().field("price", LogicalType.decimal(2)).build();
        BigDecimal price = new BigDecimal("12.34");
        for (String format : new String[] {"number", "scaled", "text"}) {
            try (ServerWriting writing = writing("decimal.format", format)) {
                SchemaAndValue value = SchemaAndValue.of(
                        schema, Struct.builder(schema).set("price", price).build());
                assertThat(status(writing.write("k", value))).isEqualTo(201);
                assertThat(writing.source("k").path("price").asText())
                        .as(format)
                        .isEqualTo("12.34");
                assertThat(writing.properties().at("/price/type").asText())
                        .isEqualTo(
                                switch (format) {
                                    case "number" -> "double";
                                    case "scaled" -> "scaled_float";
                                    default -> "keyword";
                                });
            }
        }
    }

    @Test
    void saysThatADataStreamNeedsATemplate() {
        try (ServerWriting writing = writing("data.stream.enabled", "true", "key.ignore", "true")) {
            assertThatThrownBy(() -> writing.outcome("k", json("{}")))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageMatching(
                            "Cannot create data stream mod-\\S+: no index template with data_stream matches its name\\."
                                    + " Set index\\.template\\.name to have one written, or make one\\.");
        }
    }

    @Test
    void addsToDataStreamsByATemplate() {
        try (ServerWriting writing = writing(
                "data.stream.enabled",
                "true",
                "key.ignore",
                "true",
                "index.template.name",
                server().freshIndex("t"),
                "index.settings",
                "{\"number_of_shards\":2}")) {
            String stream = writing.record("k", SchemaAndValue.NULL).topic();
            assertThat(status(writing.write("k", json("{\"a\":1}")))).isEqualTo(201);
            assertThat(server().get("/_data_stream/" + stream)
                            .at("/data_streams/0/name")
                            .asText())
                    .isEqualTo(stream);
            JsonNode settings =
                    server().get("/" + stream + "/_settings").elements().next();
            assertThat(settings.at("/settings/index/number_of_shards").asText()).isEqualTo("2");
            assertThat(server().documents(stream).get(0).json())
                    .isEqualTo(tree("{\"@timestamp\":1700000000123,\"a\":1}"));
        }
    }
}
