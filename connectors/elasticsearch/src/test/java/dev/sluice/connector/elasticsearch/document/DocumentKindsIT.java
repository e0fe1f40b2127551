package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.server.ElasticsearchKind;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of server must make of the same lines; of the kinds that can be started here. */
final class DocumentKindsIT {
    private static final StructSchema ONE =
            Schema.struct().field("a", Schema.INT32).build();
    private static final StructSchema TWO = Schema.struct()
            .field("a", Schema.INT32)
            .field("b", Schema.STRING.optional())
            .build();

    static Stream<ElasticsearchKind> kinds() {
        return ElasticsearchKind.available();
    }

    private static int status(JsonNode item) {
        return item.path("status").asInt();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void createsAndEvolves(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        try (ServerWriting writing = new ServerWriting(
                server,
                server.freshIndex("kind"),
                "schema.drift",
                "evolve",
                "index.settings",
                "{\"number_of_shards\":2}")) {
            SchemaAndValue one =
                    SchemaAndValue.of(ONE, Struct.builder(ONE).set("a", 1).build());
            SchemaAndValue two =
                    SchemaAndValue.of(TWO, Struct.builder(TWO).set("a", 2).build());
            assertThat(status(writing.write("k", one))).isEqualTo(201);
            assertThat(status(writing.write("k", two))).isEqualTo(200);
            assertThat(writing.properties().at("/b/fields/keyword/ignore_above").asInt())
                    .isEqualTo(256);
            assertThat(writing.source("k").toString()).isEqualTo("{\"a\":2,\"b\":null}");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keepsTheNewestAndRefusesAlone(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        try (ServerWriting writing =
                new ServerWriting(server, server.freshIndex("kind"), "behavior.on.null.values", "delete")) {
            SinkRecord old = writing.record("k", json("{\"n\":1}"));
            SinkRecord delete = writing.record("k", SchemaAndValue.NULL);
            List<JsonNode> items = writing.write(List.of(
                    delete,
                    old,
                    writing.record("broken", json("{\"n\":}")),
                    writing.record("twice", json("{\"n\":1,\"n\":2}")),
                    writing.record("empty", json("{\"\":1}")),
                    writing.record("good", json("{\n\"n\":1}"))));
            assertThat(items.subList(0, 2)).extracting(DocumentKindsIT::status).containsExactly(404, 409);
            assertThat(status(items.get(2))).isEqualTo(400);
            assertThat(status(items.get(5))).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void upserts(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        try (ServerWriting writing = new ServerWriting(server, server.freshIndex("kind"), "write.method", "upsert")) {
            assertThat(status(writing.write("k", json("{\"a\":1}")))).isEqualTo(201);
            assertThat(status(writing.write("k", json("{\"b\":2}")))).isEqualTo(200);
            assertThat(writing.source("k").toString()).isEqualTo("{\"a\":1,\"b\":2}");
        }
    }
}
