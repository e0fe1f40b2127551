package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.findings;
import static dev.sluice.connector.elasticsearch.document.Written.joined;
import static dev.sluice.connector.elasticsearch.document.Written.lines;
import static dev.sluice.connector.elasticsearch.document.Written.record;
import static dev.sluice.connector.elasticsearch.document.Written.refusal;
import static dev.sluice.connector.elasticsearch.document.Written.writer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SinkRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exact lines of all operations. */
final class OperationsTest {
    private static final String UPDATE = "{\"update\":{\"_index\":\"orders\",\"_id\":\"k\",\"retry_on_conflict\":5}}";
    private static final StructSchema ROW =
            Schema.struct().field("a", Schema.INT32).field("b", Schema.STRING).build();
    private static final SinkRecord STRUCT = record(
            "k",
            SchemaAndValue.of(ROW, Struct.builder(ROW).set("a", 1).set("b", "x").build()));

    @Test
    void upserts() {
        var writer = writer("write.method", "UPSERT");
        assertThat(lines(writer, record("k", "{\"a\":1}")))
                .isEqualTo(joined(UPDATE, "{\"doc\":{\"a\":1},\"doc_as_upsert\":true}"));
        assertThat(lines(writer, STRUCT))
                .isEqualTo(joined(UPDATE, "{\"doc\":{\"a\":1,\"b\":\"x\"},\"doc_as_upsert\":true}"));
        assertThat(((Outcome.Item) writer.write(STRUCT)).item().isVersioned()).isFalse();
    }

    @Test
    void updates() {
        assertThat(lines(writer("index.write.method", "update"), record("k", "{\"a\":1}")))
                .isEqualTo(joined(UPDATE, "{\"doc\":{\"a\":1}}"));
    }

    @Test
    void creates() {
        assertThat(lines(writer("write.method", "create"), record("k", "{}")))
                .isEqualTo(joined("{\"create\":{\"_index\":\"orders\",\"_id\":\"k\"}}", "{}"));
    }

    @Test
    void runsScripts() {
        String[] script = {"write.method", "script", "script.source", "ctx._source.n = params.doc.a"};
        assertThat(lines(writer(script), record("k", "{\"a\":1}")))
                .isEqualTo(joined(
                        UPDATE,
                        "{\"script\":{\"source\":\"ctx._source.n = params.doc.a\",\"lang\":\"painless\",\"params\":{"
                                + "\"topic\":\"orders\",\"partition\":3,\"offset\":42,\"doc\":{\"a\":1}}},"
                                + "\"scripted_upsert\":true,\"upsert\":{}}"));
        assertThat(lines(writer("write.method", "script", "script.id", "s", "script.missing", "document"), STRUCT))
                .isEqualTo(joined(
                        UPDATE,
                        "{\"script\":{\"id\":\"s\",\"params\":{\"topic\":\"orders\",\"partition\":3,\"offset\":42,"
                                + "\"doc\":{\"a\":1,\"b\":\"x\"}}},\"upsert\":{\"a\":1,\"b\":\"x\"}}"));
        assertThat(lines(writer("write.method", "script", "script.id", "s", "script.missing", "ignore"), STRUCT))
                .endsWith("\"doc\":{\"a\":1,\"b\":\"x\"}}}}\n");
    }

    @Test
    void letsNoUpdateFailAllOthers() {
        var writer = writer("write.method", "upsert");
        for (String broken : List.of(
                "{\"a\":}",
                "{\"a\":1}}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} {}",
                "{a:1}",
                "{\"a\":01}",
                "{\"x\":[}",
                "{\"a\":".repeat(1001) + "1" + "}".repeat(1001))) {
            assertThat(refusal(writer, record("k", broken)))
                    .startsWith("Cannot change a document by the value: it is no JSON that servers read (")
                    .endsWith("). Correct it where it is made.")
                    .doesNotContain("\"a\"");
        }
    }

    @Test
    void clearsFields() {
        var writer = writer("write.method", "upsert", "behavior.on.null.values", "clear", "clear.fields", "a,b.c,b.d");
        assertThat(lines(writer, record("k", SchemaAndValue.NULL)))
                .isEqualTo(joined(UPDATE, "{\"doc\":{\"a\":null,\"b\":{\"c\":null,\"d\":null}}}"));
    }

    @Test
    void givesNoOffsetsAsVersionsToIdsThatComeFromSeveralPartitions() {
        SinkRecord record = record(Map.of("f", 1L), SchemaAndValue.schemaless(Map.of("f", 1L)))
                .withHeaders(Headers.EMPTY.with("f", "1"));
        for (String mode : List.of("record_value", "record_header", "record_key")) {
            assertThat(lines(writer("id.mode", mode, "id.fields", "f"), record))
                    .as(mode)
                    .startsWith("{\"index\":{\"_index\":\"orders\",\"_id\":\"1\"}}");
        }
        assertThat(lines(writer(), record)).contains("\"version\":42");
    }

    @Test
    void givesVersionsByTimestampOrHeader() {
        assertThat(lines(writer("document.version", "timestamp"), record("k", "{}")))
                .startsWith("{\"index\":{\"_index\":\"orders\",\"_id\":\"k\",\"version_type\":\"external_gte\","
                        + "\"version\":1700000000123}}");
        assertThat(((Outcome.Item) writer("document.version", "timestamp").write(record("k", "{}")))
                        .item()
                        .isVersioned())
                .as("equal versions replace each other, so their order counts")
                .isFalse();
        assertThat(lines(writer("document.version", "none"), record("k", "{}")))
                .startsWith("{\"index\":{\"_index\":\"orders\",\"_id\":\"k\"}}");
        var header = writer("external.version.header", "v");
        for (Object value : new Object[] {7L, "7", new byte[] {'7'}}) {
            SinkRecord record =
                    record("k", "{}").withHeaders(Headers.of(new Header("v", SchemaAndValue.schemaless(value))));
            assertThat(lines(header, record)).contains("\"version\":7}");
        }
        assertThat(refusal(header, record("k", "{}")))
                .isEqualTo(
                        "Cannot give the document a version: header v is missing. Send it with every record, or leave"
                                + " external.version.header out.");
        assertThat(refusal(header, record("k", "{}").withHeaders(Headers.EMPTY.with("v", "-1"))))
                .isEqualTo(
                        "Cannot give the document a version: header v is negative, and versions begin at 0. Correct it where it"
                                + " is made.");
    }

    @Test
    void addsTimestampsToDataStreams() {
        var writer = writer("data.stream.type", "logs", "data.stream.dataset", "d", "key.ignore", "true");
        String action = "{\"create\":{\"_index\":\"logs-d-orders\",\"_id\":\"orders+3+42\"}}";
        assertThat(lines(writer, record("k", "{\"a\":1}")))
                .isEqualTo(joined(action, "{\"@timestamp\":1700000000123,\"a\":1}"));
        assertThat(lines(writer, record("k", "{ }"))).isEqualTo(joined(action, "{\"@timestamp\":1700000000123 }"));
        assertThat(lines(writer, STRUCT))
                .isEqualTo(joined(action, "{\"@timestamp\":1700000000123,\"a\":1,\"b\":\"x\"}"));
        SinkRecord own = record("k", SchemaAndValue.schemaless(Map.of("@timestamp", "2020", "t", "2021")));
        assertThat(lines(writer, own)).isEqualTo(joined(action, "{\"@timestamp\":1700000000123,\"t\":\"2021\"}"));
    }

    @Test
    void takesTimestampsOfDataStreamsFromFields() {
        var writer = writer("data.stream.enabled", "true", "data.stream.timestamp.field", "x,t", "key.ignore", "true");
        SinkRecord record = record("k", SchemaAndValue.schemaless(Map.of("t", "2021")));
        assertThat(lines(writer, record)).endsWith("{\"@timestamp\":\"2021\",\"t\":\"2021\"}\n");
        assertThat(refusal(
                        writer, record("k", SchemaAndValue.schemaless(Map.of())).withTimestampMillis(null)))
                .isEqualTo(
                        "Cannot add the document to a data stream: the record has no timestamp for @timestamp. Name a field in"
                                + " data.stream.timestamp.field.");
    }

    @Test
    void routesAndChoosesPipelines() {
        SinkRecord record = record("k", SchemaAndValue.schemaless(Map.of("c", Map.of("id", 5L))));
        assertThat(lines(writer("document.routing", "{field:c.id}", "ingest.pipeline", "p-{key}"), record))
                .contains("\"version\":42,\"routing\":\"5\",\"pipeline\":\"p-k\"}}");
        assertThat(lines(writer("routing.type", "value", "routing.type.record.value.path", "/c/id"), record))
                .contains("\"routing\":\"5\"}}");
        assertThat(lines(writer("routing.type", "KEY"), record)).contains("\"routing\":\"k\"}}");
    }

    @Test
    void joinsChildrenToParents() {
        var writer = writer("join.field", "rel", "join.name", "answer", "join.parent", "{field:p}");
        assertThat(lines(writer, record("k", SchemaAndValue.schemaless(Map.of("p", "q1")))))
                .endsWith(joined(
                        "\"routing\":\"q1\"}}", "{\"rel\":{\"name\":\"answer\",\"parent\":\"q1\"},\"p\":\"q1\"}"));
        assertThat(lines(writer("join.field", "rel"), record("k", "{\"a\":1}")))
                .endsWith(joined("42}}", "{\"rel\":\"orders\",\"a\":1}"));
    }

    @Test
    void choosesAndRenamesFields() {
        assertThat(lines(writer("fields.include", "a", "fields.rename", "a:z"), STRUCT))
                .endsWith("{\"z\":1}\n");
        assertThat(lines(writer("fields.exclude", "orders:.*"), STRUCT)).endsWith("{}\n");
        assertThat(lines(
                        writer("fields.exclude", "other:.*,b"),
                        record("k", SchemaAndValue.schemaless(Map.of("b", 1L, "c", 2L)))))
                .endsWith("{\"c\":2}\n");
        assertThat(refusal(writer("fields.rename", "a:b"), STRUCT))
                .isEqualTo("Cannot write field b as b: another field has that name. Correct fields.rename.");
    }

    @Test
    void makesTemplatesForWhatNamesCanBecome() {
        assertThat(Written.config("index.name", "${topic}-{yyyy}", "index.template.name", "t")
                        .templates()
                        .template())
                .hasToString("{\"index_patterns\":[\"orders-*\"],\"priority\":500,\"template\":{\"settings\":{}}}");
        assertThat(Written.config(
                                "data.stream.type",
                                "logs",
                                "data.stream.dataset",
                                "d",
                                "index.template.name",
                                "t",
                                "index.settings",
                                "{\"number_of_shards\":3}",
                                "lifecycle.policy.name",
                                "p")
                        .templates()
                        .template())
                .hasToString("{\"index_patterns\":[\"logs-d-*\"],\"priority\":500,\"data_stream\":{},\"template\":"
                        + "{\"settings\":{\"number_of_shards\":3,\"index.lifecycle.name\":\"p\"}}}");
        assertThat(findings("index.name", "{field:a}", "index.template.name", "t"))
                .containsExactly(
                        "index.template.patterns: Cannot tell which names index template t is for: index.name can become"
                                + " any name. Set index.template.patterns, such as orders-*.");
        assertThat(findings("index.settings", "[]"))
                .containsExactly("Cannot use index.settings=[]: it must be an object in JSON.");
    }

    @Test
    void acceptsOldSettingsWithANote() {
        assertThat(findings("type.name", "_doc"))
                .containsExactly("Setting type.name has no effect here. Servers have had no types within an index since"
                        + " Elasticsearch 7.");
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        assertThat(findings("write.method", "script"))
                .containsExactly(
                        "Cannot use write.method=script with neither script.source nor script.id: one says what the"
                                + " script is. Set one of them.");
        assertThat(findings("write.method", "upsert", "use.autogenerated.ids", "true"))
                .containsExactly(
                        "Cannot use write.method=upsert with ids that the server makes: it takes an id to find a document."
                                + " Set id.mode to record_key or record_value, or write.method=insert.");
        assertThat(findings("key.ignore", "true", "topic.key.ignore", "a"))
                .containsExactly(
                        "Cannot use topic.key.ignore with key.ignore=true: the keys of all topics are ignored already."
                                + " Leave one of them out.");
        assertThat(findings("data.stream.type", "logs", "key.ignore", "true"))
                .containsExactly(
                        "Cannot use only one of data.stream.type and data.stream.dataset: together they name the data"
                                + " streams. Set both or none.");
        assertThat(findings("data.stream.enabled", "true", "key.ignore", "true", "write.method", "upsert"))
                .containsExactly(
                        "Cannot use write.method=upsert with data streams: documents are only added to them. Set"
                                + " write.method=insert or create.");
        assertThat(findings("data.stream.enabled", "true", "key.ignore", "true", "behavior.on.null.values", "delete"))
                .containsExactly(
                        "Cannot use behavior.on.null.values=delete with data streams: documents are only added to them."
                                + " Set behavior.on.null.values to ignore or fail.");
        assertThat(findings("behavior.on.null.values", "clear"))
                .containsExactly(
                        "Cannot use behavior.on.null.values=clear without clear.fields: nothing is named to be emptied. Name the"
                                + " fields.",
                        "Cannot use behavior.on.null.values=clear where documents are written whole: their versions would mix"
                                + " with those that the server counts for changes, and newer documents could be refused. Set"
                                + " write.method=upsert.");
        assertThat(findings("document.routing", "{field:a}", "behavior.on.null.values", "delete"))
                .containsExactly(
                        "Cannot use document.routing={field:a} with behavior.on.null.values=delete: a record without a"
                                + " value has no fields, so its document would be looked for in another place. Name the place by the key"
                                + " or a header, or set behavior.on.null.values=ignore.");
        assertThat(findings("index.name", "a-{yyyy}", "behavior.on.null.values", "delete"))
                .containsExactly(
                        "With index.name=a-{yyyy}, a record without a value deletes only where its own time points to."
                                + " Documents of other times stay.");
        assertThat(findings("external.resource.usage", "index", "topic.to.external.resource.mapping", "x:y"))
                .containsExactly(
                        "Cannot leave topics out of topic.to.external.resource.mapping: [orders] have no resource. Add"
                                + " them as topic:resource.");
    }

    @Test
    void warnsThatADataStreamKeepsOneRecordOfAKey() {
        assertThat(findings("data.stream.enabled", "true"))
                .containsExactly(
                        "key.ignore: Of several records with one key, a data stream keeps the first: the id is the key,"
                                + " and documents are only added. Set key.ignore=true to keep all of them.");
        assertThat(findings("data.stream.enabled", "true", "key.ignore", "true"))
                .isEmpty();
    }
}
