package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a real server makes of documents and mappings. */
final class DocumentIT {
    private static final TestingElasticsearch SERVER = TestingElasticsearch.shared();
    private static final StructSchema ONE =
            Schema.struct().field("a", Schema.INT32).build();
    private static final StructSchema TWO = Schema.struct()
            .field("a", Schema.INT32)
            .field("b", Schema.struct().field("c", Schema.STRING).build().optional())
            .build();
    private static final StructSchema OTHER =
            Schema.struct().field("a", Schema.STRING.optional()).build();

    private static ServerWriting writing(String... settings) {
        return new ServerWriting(SERVER, SERVER.freshIndex("doc"), settings);
    }

    private static SchemaAndValue one(int a) {
        return SchemaAndValue.of(ONE, Struct.builder(ONE).set("a", a).build());
    }

    private static SchemaAndValue two() {
        StructSchema inner = Schema.struct().field("c", Schema.STRING).build();
        return SchemaAndValue.of(
                TWO,
                Struct.builder(TWO)
                        .set("a", 2)
                        .set("b", Struct.builder(inner).set("c", "x").build())
                        .build());
    }

    private static JsonNode tree(String json) {
        try {
            return ServerWriting.JSON.readTree(json);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Test
    void createsTheMappingOfASchema() {
        StructSchema schema = Schema.struct()
                .field("bool", Schema.BOOLEAN.withDefault(true))
                .field("i8", Schema.INT8)
                .field("i16", Schema.INT16)
                .field("i32", Schema.INT32.withDefault(5))
                .field("i64", Schema.INT64)
                .field("f32", Schema.FLOAT32)
                .field("f64", Schema.FLOAT64)
                .field("text", Schema.STRING)
                .field("bytes", Schema.BYTES)
                .field("day", LogicalType.DATE.schema())
                .field("at", LogicalType.TIMESTAMP.schema())
                .field("price", LogicalType.decimal(2))
                .field("list", Schema.array(Schema.INT32))
                .field("map", Schema.map(Schema.STRING, Schema.INT32))
                .build();
        Struct struct = Struct.builder(schema)
                .set("i8", (byte) 1)
                .set("i16", (short) 2)
                .set("i64", Long.MAX_VALUE)
                .set("f32", 0.1f)
                .set("f64", 1.5)
                .set("text", "ü\n\"")
                .set("bytes", new byte[] {1, 2})
                .set("day", LocalDate.of(1969, 12, 31))
                .set("at", Instant.parse("2024-05-01T10:00:00.123Z"))
                .set("price", new BigDecimal("12.30"))
                .set("list", List.of(1, 2))
                .set("map", Map.of("k", 1))
                .build();
        try (ServerWriting writing = writing()) {
            assertThat(writing.write("k", SchemaAndValue.of(schema, struct))
                            .path("status")
                            .asInt())
                    .isEqualTo(201);
            assertThat(writing.properties()).isEqualTo(tree("""
                    {"bool":{"type":"boolean","null_value":true},"i8":{"type":"byte"},"i16":{"type":"short"},
                     "i32":{"type":"integer","null_value":5},"i64":{"type":"long"},"f32":{"type":"float"},"f64":{"type":"double"},
                     "text":{"type":"text","fields":{"keyword":{"type":"keyword","ignore_above":256}}},
                     "bytes":{"type":"binary"},"day":{"type":"date"},"at":{"type":"date"},"price":{"type":"double"},
                     "list":{"type":"integer"},"map":{"properties":{"k":{"type":"long"}}}}
                    """));
            // As text: the server returns numbers, and one parser's kinds of fractions differ from another's.
            assertThat(writing.source("k")).hasToString(tree("""
                    {"bool":true,"i8":1,"i16":2,"i32":5,"i64":9223372036854775807,"f32":0.1,"f64":1.5,"text":"ü\\n\\"",
                     "bytes":"AQI=","day":"1969-12-31","at":1714557600123,"price":12.3,"list":[1,2],"map":{"k":1}}
                    """).toString());
        }
    }

    @Test
    void blamesNoRecordForSettingsThatTheServerRefuses() {
        try (ServerWriting writing = writing("index.settings", "{\"number_of_shards\":0}")) {
            assertThatThrownBy(() -> writing.write("k", one(1)))
                    .isInstanceOf(ConnectorException.class)
                    .isNotInstanceOf(DataException.class)
                    .hasMessageStartingWith("Cannot create index ")
                    .hasMessageContaining("number_of_shards");
        }
    }

    @Test
    void leavesAMappingAloneThatIsThere() {
        try (ServerWriting writing = writing()) {
            String index = writing.record("k", one(1)).topic();
            SERVER.put("/" + index, "{\"mappings\":{\"properties\":{\"x\":{\"type\":\"keyword\"}}}}");
            assertThat(writing.write("k", one(1)).path("status").asInt()).isEqualTo(201);
            assertThat(writing.properties().at("/a/type").asText())
                    .as("the server's guess")
                    .isEqualTo("long");
        }
    }

    @Test
    void mapsAnIndexThatHasNoMapping() {
        try (ServerWriting writing = writing()) {
            SERVER.put("/" + writing.record("k", one(1)).topic(), "{}");
            assertThat(writing.write("k", one(1)).path("status").asInt()).isEqualTo(201);
            assertThat(writing.properties().at("/a/type").asText()).isEqualTo("integer");
        }
    }

    @Test
    void evolves() {
        try (ServerWriting writing = writing("schema.drift", "evolve", "mapping.strings", "keyword")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            assertThat(writing.write("k2", two()).path("status").asInt()).isEqualTo(201);
            assertThat(writing.properties()).isEqualTo(tree("""
                    {"a":{"type":"integer"},"b":{"properties":{"c":{"type":"keyword","ignore_above":256}}}}"""));
        }
    }

    @Test
    void failsWhereTheTypeOfAFieldChanged() {
        StructSchema truth = Schema.struct().field("a", Schema.BOOLEAN).build();
        SchemaAndValue changed =
                SchemaAndValue.of(truth, Struct.builder(truth).set("a", true).build());
        try (ServerWriting writing = writing("schema.drift", "evolve")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            assertThatThrownBy(() -> writing.outcome("k2", changed))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageMatching(
                            "Cannot write records of this schema into index doc-\\S+: field a is integer there and"
                                    + " boolean in the schema\\. Change the mapping or the schema, or set schema\\.drift to evolve, lenient"
                                    + " or ignore\\. A server cannot change the type of a field: write into a new index, or rename the"
                                    + " field by fields\\.rename\\.");
        }
        try (ServerWriting writing = writing("schema.drift", "ignore")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            assertThat(writing.write("k2", changed).path("status").asInt()).isEqualTo(201);
            assertThat(writing.source("k2")).isEqualTo(tree("{}"));
        }
    }

    @Test
    void refusesOrLeavesOutNewFieldsAsIsWished() {
        try (ServerWriting writing = writing("schema.drift", "fail")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            assertThatThrownBy(() -> writing.outcome("k2", two()))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("it has no field b. Change the mapping");
        }
        try (ServerWriting writing = writing("schema.drift", "dlq")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            for (int i = 0; i < 2; i++) {
                assertThat(writing.outcome("k2", two())).isInstanceOf(Outcome.Refused.class);
            }
            assertThat(writing.write("k3", one(3)).path("status").asInt()).isEqualTo(201);
        }
        try (ServerWriting writing = writing("schema.drift", "lenient")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            assertThat(writing.write("k2", two()).path("status").asInt()).isEqualTo(201);
            assertThat(writing.source("k2")).isEqualTo(tree("{\"a\":2}"));
        }
    }

    @Test
    void takesTextsWhereNumbersStand() {
        try (ServerWriting writing = writing("schema.drift", "fail")) {
            assertThat(writing.write("k1", one(1)).path("status").asInt()).isEqualTo(201);
            SchemaAndValue text = SchemaAndValue.of(
                    OTHER, Struct.builder(OTHER).set("a", "17").build());
            assertThat(writing.write("k2", text).path("status").asInt()).isEqualTo(201);
        }
    }

    @Test
    void keepsTheNewestVersionWhateverComesLate() {
        try (ServerWriting writing = writing("behavior.on.null.values", "delete")) {
            SinkRecord first = writing.record("k", json("{\"n\":1}"));
            SinkRecord second = writing.record("k", json("{\"n\":2}"));
            SinkRecord third = writing.record("k", SchemaAndValue.NULL);
            List<JsonNode> items = writing.write(List.of(second, first, third, second));
            assertThat(items).extracting(item -> item.path("status").asInt()).containsExactly(201, 409, 200, 409);
        }
    }

    /** A document that a server does not take must be refused alone, whatever is in it. */
    @Test
    void noDocumentHarmsAnother() {
        List<String> hostile = List.of(
                "{\"\":1}",
                "{\" \":1}",
                "{\".\":1}",
                "{\"a.\":1}",
                "{\".a\":1}",
                "{\"a..b\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{\"a\":1e999999}",
                "{\"_id\":1}",
                "{\"_source\":{}}",
                "{\"a\":\"\\ud800\"}",
                "{]}",
                "{\"a\"}",
                "{\"a\":\"\u0000\"}",
                "{{}}",
                "{\"a\":1}{\"b\":2}",
                "{\"index\":{}}",
                "{\"a\":" + "9".repeat(1100) + "}",
                "{\"a\":".repeat(60) + "1" + "}".repeat(60),
                "{\"a\":".repeat(2000) + "1" + "}".repeat(2000),
                "{\"" + "n".repeat(40_000) + "\":1}",
                "{\"a\":\"\ud83d\ude00\\u2028\"}");
        try (ServerWriting writing = writing()) {
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 0; i < hostile.size(); i++) {
                records.add(writing.record("good" + i, json("{\"n\":" + i + "}")));
                records.add(writing.record("bad" + i, json(hostile.get(i))));
            }
            List<JsonNode> items = writing.write(records);
            assertThat(items).hasSize(records.size());
            for (int i = 0; i < items.size(); i++) {
                int status = items.get(i).path("status").asInt();
                if (i % 2 == 0) {
                    assertThat(status).isEqualTo(201);
                } else {
                    assertThat(status).as(hostile.get(i / 2)).isIn(201, 400);
                }
            }
        }
    }
}
