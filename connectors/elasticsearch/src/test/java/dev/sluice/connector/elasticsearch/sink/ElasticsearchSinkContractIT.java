package dev.sluice.connector.elasticsearch.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.elasticsearch.ElasticsearchSinkConnector;
import dev.sluice.testkit.behaviour.SinkAbility;
import dev.sluice.testkit.behaviour.SinkConnectorBehaviour;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** The Elasticsearch sink keeps the contract of all sinks: documents by the record's key, deletes by records without a value. */
final class ElasticsearchSinkContractIT extends SinkConnectorBehaviour {
    private static final StructSchema VALUE =
            Schema.struct("Entry").field("text", Schema.STRING).build();

    private TestingElasticsearch server;
    private String index;

    @BeforeEach
    void createIndex() {
        server = TestingElasticsearch.shared();
        index = server.freshIndex();
        server.put(
                "/" + index,
                "{\"mappings\":{\"properties\":{\"text\":{\"type\":\"keyword\"}}},\"settings\":{\"number_of_shards\":1,"
                        + "\"number_of_replicas\":0}}");
    }

    @Override
    protected SinkConnector newPlugin() {
        return new ElasticsearchSinkConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "connection.url",
                server.url(),
                "index.name",
                index,
                "behavior.on.null.values",
                "delete",
                "read.timeout.ms",
                "60000");
    }

    @Override
    protected SinkRecord record(RecordCoordinates origin, String text) {
        Struct value = Struct.builder(VALUE).set("text", text).build();
        return SinkRecord.of(origin, SchemaAndValue.of(VALUE, value)).withKey(SchemaAndValue.string(text));
    }

    @Override
    protected List<String> readOutside() {
        return server.documents(index).stream()
                .map(document -> String.valueOf(document.source().get("text")))
                .sorted()
                .toList();
    }

    @Override
    protected List<String> textsOf(RenderedWrite write) {
        String body = write.text().lines().toList().get(1);
        try {
            return List.of(new ObjectMapper().readTree(body).path("text").asText());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    protected Optional<Mending> breakOutside() {
        server.put("/" + index + "/_settings", "{\"index.blocks.write\":true}");
        return Optional.of(() -> server.put("/" + index + "/_settings", "{\"index.blocks.write\":false}"));
    }

    @Override
    protected Set<SinkAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SinkAbility.ALTERS_OFFSETS));
    }
}
