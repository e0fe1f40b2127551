package dev.sluice.connector.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.ClusterConfig;
import dev.sluice.connector.elasticsearch.client.Request;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records of one topic to a server, by nothing but what this package makes of them. */
final class ServerWriting implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final TestingElasticsearch server;
    private final Cluster cluster;
    private final String topic;
    private final DocumentWriter writer;
    private long offset;

    ServerWriting(TestingElasticsearch server, String topic, String... pairs) {
        this.server = server;
        this.topic = topic;
        this.cluster = Cluster.of(ClusterConfig.of(ClusterConfig.SPEC.parse(
                new HashMap<>(Map.of("connection.url", server.url(), "read.timeout.ms", "60000")))));
        Map<String, @Nullable String> settings = Written.settings(pairs);
        settings.put("topics", topic);
        this.writer = DocumentWriter.of(
                DocumentConfig.of(DocumentConfig.SPEC.openPrefix("").parse(settings)), cluster);
    }

    SinkRecord record(@Nullable Object key, SchemaAndValue value) {
        return SinkRecord.of(new RecordCoordinates(new TopicPartition(topic, 0), offset++), value)
                .withKey(SchemaAndValue.schemaless(key))
                .withTimestampMillis(1_700_000_000_123L);
    }

    Outcome outcome(@Nullable Object key, SchemaAndValue value) {
        return writer.write(record(key, value));
    }

    /** Writes one document and returns the item of the answer. */
    JsonNode write(@Nullable Object key, SchemaAndValue value) {
        return write(List.of(record(key, value))).get(0);
    }

    /** Writes documents by one request, and returns the items of the answer. */
    List<JsonNode> write(List<SinkRecord> records) {
        List<ByteBuffer> lines = new ArrayList<>();
        for (SinkRecord record : records) {
            Outcome outcome = writer.write(record);
            assertThat(outcome).isInstanceOf(Outcome.Item.class);
            lines.addAll(((Outcome.Item) outcome).item().lines());
        }
        List<JsonNode> items = new ArrayList<>();
        send(lines).path("items").forEach(item -> items.add(item.elements().next()));
        return items;
    }

    private JsonNode send(List<ByteBuffer> lines) {
        try {
            var answer = cluster.call(new Request("POST", "/_bulk", Map.of("refresh", "true"), Request.LINES, lines));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    JsonNode properties() {
        return server.get("/" + topic + "/_mapping").elements().next().at("/mappings/properties");
    }

    JsonNode source(String id) {
        return server.get("/" + topic + "/_doc/" + id).path("_source");
    }

    @Override
    public void close() {
        cluster.close();
    }
}
