package dev.sluice.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.ClusterConfig;
import dev.sluice.connector.elasticsearch.client.Flavor;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.server.ElasticsearchKind;
import dev.sluice.testkit.server.StoredDocument;
import dev.sluice.testkit.server.TestingElasticsearch;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core of the sink on every server that was unpacked here. */
final class OtherServersSinkIT {
    private static final String KINDS = "dev.sluice.testkit.server.ElasticsearchKind#available";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final StructSchema PRICED = Schema.struct("Priced")
            .field("price", Schema.INT64)
            .field("name", Schema.STRING.optional())
            .build();

    private long offset;

    @ParameterizedTest
    @MethodSource(KINDS)
    void writesChangesDeletesAndRepeatsWithoutHarm(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        String index = server.freshIndex();
        List<SinkRecord> records = List.of(
                priced(index, "a", 1),
                priced(index, "b", 2),
                priced(index, "a", 3),
                priced(index, "c", 4),
                gone(index, "b"));

        try (SinkTaskHarness task = start(server, index, Map.of("write.method", "insert"))) {
            task.put(records);
            task.flushAll();
            // The same again, as after a crash: no older version may come back.
            task.put(records.subList(0, 3));
            task.flushAll();
        }

        assertThat(prices(server, index)).isEqualTo(Map.of("a", 3, "c", 4));
        assertThat(server.get("/" + index + "/_mapping")
                        .at("/" + index + "/mappings/properties/price/type")
                        .asText())
                .isEqualTo("long");
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void upserts(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        String index = server.freshIndex();
        server.index(index, "a", "{\"kept\":7}");

        try (SinkTaskHarness task = start(server, index, Map.of("write.method", "upsert"))) {
            task.put(List.of(priced(index, "a", 1), priced(index, "b", 2), priced(index, "a", 5)));
            task.flushAll();
        }

        assertThat(prices(server, index)).isEqualTo(Map.of("a", 5, "b", 2));
        assertThat(server.get("/" + index + "/_doc/a").at("/_source/kept").asInt())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void aDocumentThatDoesNotFitIsReportedInTheServersWords(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        String index = server.freshIndex();
        server.put("/" + index, "{\"mappings\":{\"properties\":{\"price\":{\"type\":\"long\"}}}}");
        FakeSinkTaskContext context = new FakeSinkTaskContext();
        FakeErrantRecords errant = context.tolerateErrors(10);

        try (SinkTaskHarness task = start(
                server, index, Map.of("schema.ignore", "true", "behavior.on.malformed.documents", "report"), context)) {
            task.put(List.of(
                    schemaless(index, "good", Map.of("price", 1)),
                    schemaless(index, "bad", Map.of("price", "cheap")),
                    schemaless(index, "also-good", Map.of("price", 2))));
            task.flushAll();
        }

        assertThat(prices(server, index)).isEqualTo(Map.of("good", 1, "also-good", 2));
        assertThat(errant.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.failure())
                        .hasMessageContaining("parsing_exception, status 400")
                        .hasMessageContaining("failed to parse field [price] of type [long]"));
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void isKnownAndHasNoFindings(ElasticsearchKind kind) throws IOException {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        try (Cluster cluster = Cluster.of(ClusterConfig.at(server.url()))) {
            assertThat(Flavor.of(cluster))
                    .hasToString((kind.isOpenSearch() ? "OpenSearch " : "Elasticsearch ") + kind.version());
        }
        Map<String, String> settings = settings(server, server.freshIndex(), Map.of("topics", "t"));
        ValidationProbe probe = new ValidationProbe(true, PATIENCE, List.of(priced("t", "k", 1)));

        assertThat(new ElasticsearchSinkConnector().validate(settings, probe).problems())
                .isEmpty();
    }

    private static SinkTaskHarness start(TestingElasticsearch server, String index, Map<String, String> more) {
        return start(server, index, more, new FakeSinkTaskContext());
    }

    private static SinkTaskHarness start(
            TestingElasticsearch server, String index, Map<String, String> more, FakeSinkTaskContext context) {
        SinkTaskHarness task = SinkTaskHarness.start(
                new ElasticsearchSinkConnector(), settings(server, index, more), context, PATIENCE);
        task.open(new TopicPartition(index, 0));
        return task;
    }

    private static Map<String, String> settings(TestingElasticsearch server, String index, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url",
                server.url(),
                "index.name",
                index,
                "behavior.on.null.values",
                "delete",
                "read.timeout.ms",
                "60000"));
        settings.putAll(more);
        return settings;
    }

    private SinkRecord priced(String topic, String key, long price) {
        Struct value = Struct.builder(PRICED).set("price", price).build();
        return record(topic, key, SchemaAndValue.of(PRICED, value));
    }

    private SinkRecord schemaless(String topic, String key, Map<String, Object> value) {
        return record(topic, key, SchemaAndValue.schemaless(value));
    }

    private SinkRecord gone(String topic, String key) {
        return record(topic, key, SchemaAndValue.NULL);
    }

    private SinkRecord record(String topic, String key, SchemaAndValue value) {
        return SinkRecord.of(new RecordCoordinates(new TopicPartition(topic, 0), offset++), value)
                .withKey(SchemaAndValue.string(key));
    }

    private static Map<String, Object> prices(TestingElasticsearch server, String index) {
        Map<String, Object> prices = new TreeMap<>();
        for (StoredDocument document : server.documents(index)) {
            prices.put(document.id(), document.source().get("price"));
        }
        return prices;
    }
}
