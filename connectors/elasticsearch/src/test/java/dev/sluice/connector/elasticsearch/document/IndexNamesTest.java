package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.findings;
import static dev.sluice.connector.elasticsearch.document.Written.record;
import static dev.sluice.connector.elasticsearch.document.Written.refusal;
import static dev.sluice.connector.elasticsearch.document.Written.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where documents go. */
final class IndexNamesTest {
    private static String index(DocumentWriter writer, SinkRecord record) {
        return ((Outcome.Item) writer.write(record)).index();
    }

    private static SinkRecord of(String topic) {
        return record("k", "{}").withTopic(topic);
    }

    @Test
    void makesNamesOfTopicsAsConfluentDoes() {
        assertThat(index(writer(), of("Orders.EU"))).isEqualTo("orders.eu");
        assertThat(index(writer(), of("_x"))).isEqualTo("x");
        assertThat(index(writer(), of("-x"))).isEqualTo("x");
        assertThat(index(writer(), of("."))).isEqualTo("dot");
        assertThat(index(writer(), of(".."))).isEqualTo("dotdot");
        assertThat(index(writer(), of("t".repeat(300)))).hasSize(255);
    }

    @Test
    void fillsPlacesIn() {
        SinkRecord record = record("k", SchemaAndValue.schemaless(Map.of("customer", Map.of("region", "EU"))))
                .withHeaders(Headers.EMPTY.with("tenant", "acme"));
        assertThat(index(writer("index.name", "orders-{yyyy.MM}"), record)).isEqualTo("orders-2023.11");
        assertThat(index(writer("index.name", "o-{yyyy-MM-dd'T'HH}", "index.name.time.zone", "Asia/Tokyo"), record))
                .isEqualTo("o-2023-11-15t07");
        assertThat(index(writer("index.name", "${topic}-{field:customer.region}"), record))
                .isEqualTo("orders-eu");
        assertThat(index(writer("index.name", "{header:tenant}-{key}-{partition}"), record))
                .isEqualTo("acme-k-3");
    }

    @Test
    void takesTheTimeFromFields() {
        var writer = writer("index.name", "o-{yyyy.MM.dd}", "record.time.field", "at,other");
        assertThat(index(writer, record("k", SchemaAndValue.schemaless(Map.of("at", "2020-02-03T23:30:00-02:00")))))
                .isEqualTo("o-2020.02.04");
        assertThat(index(writer, record("k", SchemaAndValue.schemaless(Map.of("other", "2020-02-03")))))
                .isEqualTo("o-2020.02.03");
        assertThat(index(writer, record("k", SchemaAndValue.schemaless(Map.of("at", 0L)))))
                .isEqualTo("o-1970.01.01");
        assertThat(index(writer, record("k", SchemaAndValue.schemaless(Map.of()))))
                .isEqualTo("o-2023.11.14");
        assertThat(refusal(writer, record("k", SchemaAndValue.schemaless(Map.of("at", "soon")))))
                .isEqualTo(
                        "Cannot read field at as the record's time: expected milliseconds since 1970, a timestamp, or a text as"
                                + " ISO 8601 has it.");
    }

    @Test
    void refusesWhatIsNoName() {
        String expected =
                "Cannot name an index by what the record says: a name is not empty, does not begin with -, _ or +, and"
                        + " has no blank and none of \\ / * ? \" < > | , # :. Correct the record, or name the index by something else in"
                        + " index.name.";
        for (String bad : new String[] {"a b", "a/b", "*", "a,b", "+a", "--a", "a:b", "_"}) {
            SinkRecord record = record("k", "{}").withHeaders(Headers.EMPTY.with("h", bad));
            assertThat(refusal(writer("index.name", "{header:h}"), record))
                    .as(bad)
                    .isEqualTo(expected);
        }
        assertThat(refusal(writer("index.name", "x-{header:h}"), record("k", "{}")))
                .isEqualTo(
                        "Cannot name an index by x-{header:h}: the record has nothing for {header:h}. Send it with the record,"
                                + " or change the setting.");
    }

    @Test
    void namesSingleTopics() {
        var writer = writer("topic.index.map", "orders:o-{yyyy}, other:x");
        assertThat(index(writer, of("orders"))).isEqualTo("o-2023");
        assertThat(index(writer, of("third"))).isEqualTo("third");
    }

    @Test
    void usesExistingResources() {
        var writer = writer(
                "external.resource.usage", "alias_index", "topic.to.external.resource.mapping", "orders:Sales-Alias");
        assertThat(index(writer, of("orders"))).isEqualTo("Sales-Alias");
        assertThatThrownBy(() -> writer.write(of("other")))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot write topic other: topic.to.external.resource.mapping names no resource for it. Add"
                        + " other:<resource>.");
    }

    @Test
    void namesDataStreams() {
        var writer = writer("data.stream.type", "LOGS", "data.stream.dataset", "nginx");
        assertThat(index(writer, of("Web"))).isEqualTo("logs-nginx-web");
        assertThat(index(writer("data.stream.enabled", "true", "data.stream.prefix", "p"), of("Web")))
                .isEqualTo("p-web");
    }

    @Test
    void saysWhatATemplateMayHold() {
        assertThat(findings("index.name", "a-{feild:x}"))
                .containsExactly(
                        "Cannot use index.name=a-{feild:x}: {feild:x} is neither topic, partition, offset, key, key:path,"
                                + " field:path, header:name nor a pattern of a time such as yyyy.MM (Unknown pattern letter: f).");
        assertThat(findings("index.name", "a-{yyyy"))
                .containsExactly("Cannot use index.name=a-{yyyy: a brace in 'a-{yyyy' has no other half.");
    }

    @Test
    void seesThatTopicsMeetInOneIndex() {
        String[] byOffset = {"document.version", "offset"};
        for (String topics : List.of("Orders,orders", "_orders,orders", "a,b")) {
            assertThat(findings("topics", topics, "topic.index.map", "a:B", byOffset[0], byOffset[1]))
                    .as(topics)
                    .anySatisfy(each -> assertThat(each).startsWith("Cannot use document.version=offset"));
        }
        assertThat(findings("topics", "a,c", "topic.index.map", "a:B", byOffset[0], byOffset[1]))
                .noneSatisfy(each -> assertThat(each).startsWith("Cannot use document.version"));
    }

    @Test
    void givesNoOffsetsAsVersionsWhereTopicsMeet() {
        var writer = writer("topics", "a,b", "index.name", "all");
        assertThat(((Outcome.Item) writer.write(of("a"))).rendered().text())
                .startsWith("{\"index\":{\"_index\":\"all\",\"_id\":\"k\"}}\n");
        assertThat(findings("topics", "a,b", "index.name", "all"))
                .containsExactly(
                        "document.version: Documents get no version: records of several topics can meet in one index,"
                                + " where offsets cannot be compared. Set document.version=timestamp if timestamps say which record is"
                                + " newer.");
        assertThat(findings("topics", "a,b", "index.name", "all", "document.version", "offset"))
                .containsExactly(
                        "Cannot use document.version=offset: records of several topics can meet in one index, where the"
                                + " offset of one topic says nothing about another's, so that newer documents would be refused as old."
                                + " Leave it out, set it to timestamp, or name the index by ${topic}.");
    }

    @Test
    void failsWhereTopicsMeetUnexpectedly() {
        var writer = writer("topics.regex", ".*");
        assertThat(index(writer, of("Orders"))).isEqualTo("orders");
        SinkRecord other = SinkRecord.of(
                        new RecordCoordinates(new TopicPartition("ORDERS", 0), 1),
                        record("k", "{}").value())
                .withKey(SchemaAndValue.string("k"));
        assertThatThrownBy(() -> writer.write(other))
                .isInstanceOf(ConnectorException.class)
                .hasMessage(
                        "Cannot write topic ORDERS into index orders: topic orders is written there too, and versions of"
                                + " documents are offsets, which cannot be compared between topics. Set document.version to none or"
                                + " timestamp, or give each topic an index of its own.");
    }
}
