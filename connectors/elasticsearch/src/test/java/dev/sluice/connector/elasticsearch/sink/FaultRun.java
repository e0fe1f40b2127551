package dev.sluice.connector.elasticsearch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.ElasticsearchSinkConnector;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeMetrics;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.fault.FaultProxy;
import dev.sluice.testkit.server.StoredDocument;
import dev.sluice.testkit.server.TestingElasticsearch;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A sink task that writes to a real server through a proxy that does harm, and a model of what must be there in the end. */
final class FaultRun implements AutoCloseable {
    static final TopicPartition PARTITION = new TopicPartition("faults", 0);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    final TestingElasticsearch server = TestingElasticsearch.shared();
    final FaultProxy proxy = FaultProxy.before(server.url());
    final String index = server.freshIndex("faults");
    final FakeSinkTaskContext context = new FakeSinkTaskContext();
    final Map<String, Map<String, Object>> model = new TreeMap<>();
    final SinkTaskHarness task;
    final Optional<FakeErrantRecords> errants;
    private long nextOffset;

    /** Starts a task whose index is there, with one shard. */
    static FaultRun start(Map<String, String> settings) {
        return new FaultRun(settings, "{}", 0);
    }

    static FaultRun start(Map<String, String> settings, String indexSettings, int tolerated) {
        return new FaultRun(settings, indexSettings, tolerated);
    }

    private FaultRun(Map<String, String> settings, String indexSettings, int tolerated) {
        server.put("/" + index, "{\"settings\":" + indexSettings + "}");
        errants = tolerated > 0 ? Optional.of(context.tolerateErrors(tolerated)) : Optional.empty();
        Map<String, String> all = new HashMap<>(Map.of(
                "connection.url", proxy.url(),
                "index.name", index,
                "behavior.on.null.values", "delete",
                "batch.size", "20",
                "read.timeout.ms", "30000",
                "retry.backoff.ms", "20"));
        all.putAll(settings);
        task = SinkTaskHarness.start(new ElasticsearchSinkConnector(), all, context, PATIENCE);
        task.open(PARTITION);
    }

    FakeMetrics metrics() {
        return context.metrics();
    }

    /** Returns a record that writes a document, and notes it in the model. */
    SinkRecord write(String id, Map<String, Object> document) {
        model.put(id, document);
        return record(id, document);
    }

    /** Returns a record that writes a document, of which the model knows nothing. */
    SinkRecord record(String id, Map<String, Object> document) {
        byte[] bytes = json(document).getBytes(StandardCharsets.UTF_8);
        return place(id, SchemaAndValue.undecoded(new Encoded(bytes, Encoded.JSON), FaultRun::decoded));
    }

    /** Returns a record that deletes a document, and notes it in the model. */
    SinkRecord delete(String id) {
        model.remove(id);
        return place(id, SchemaAndValue.NULL);
    }

    private SinkRecord place(String id, SchemaAndValue value) {
        return SinkRecord.of(new RecordCoordinates(PARTITION, nextOffset++), value)
                .withKey(SchemaAndValue.string(id))
                .withTimestampMillis(1_700_000_000_000L);
    }

    private static String json(Map<String, Object> document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SchemaAndValue decoded(byte[] json) {
        throw new AssertionError("nobody needs to decode " + json.length + " bytes of JSON");
    }

    /** Returns records that write, write over and delete documents of a few ids at random. */
    List<SinkRecord> change(Random random, int count, int ids) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "d" + random.nextInt(ids);
            if (random.nextInt(12) == 0) {
                records.add(delete(id));
            } else {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("n", (int) nextOffset);
                document.put("text", "größer ✓ " + random.nextInt(1_000));
                document.put("list", List.of(random.nextInt(9), random.nextInt(9)));
                records.add(write(id, document));
            }
        }
        return records;
    }

    /** Puts and flushes as the runtime does; what is refused for now is tried again. */
    void putInBatches(List<SinkRecord> records, int size) {
        for (int from = 0; from < records.size(); from += size) {
            task.putRetrying(records.subList(from, Math.min(records.size(), from + size)));
            flushOnce();
        }
    }

    /** Flushes; returns the message if the task says that it has to wait, else an empty text. */
    String flushOnce() {
        try {
            var unused = task.flush();
            return "";
        } catch (RetriableException later) {
            return String.valueOf(later.getMessage());
        }
    }

    /** Lets everything come to an end, and compares the documents with the model, field by field. */
    void verify() {
        task.flushAll();
        assertThat(task.committable()).containsEntry(PARTITION, nextOffset);
        server.refresh(index);
        Map<String, Map<String, Object>> found = new TreeMap<>();
        for (StoredDocument document : server.documents(index)) {
            assertThat(found.put(document.id(), new LinkedHashMap<>(document.source())))
                    .as("a second document %s", document.id())
                    .isNull();
        }
        assertThat(found).isEqualTo(model);
    }

    @Override
    public void close() {
        try (proxy) {
            proxy.heal();
            proxy.up();
            task.close();
        }
    }
}
