package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.record;
import static dev.sluice.connector.elasticsearch.document.Written.refusal;
import static dev.sluice.connector.elasticsearch.document.Written.writer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SinkRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ids of documents. */
final class IdsTest {
    private static final StructSchema KEY = Schema.struct()
            .field("region", Schema.STRING)
            .field("number", Schema.INT32.optional())
            .build();

    private static String id(DocumentWriter writer, SinkRecord record) {
        DocumentId id =
                (DocumentId) ((Outcome.Item) writer.write(record)).item().document();
        return id == null ? "none" : id.id();
    }

    private static SinkRecord keyed(String region, int number) {
        return record(null, "{}")
                .withKey(SchemaAndValue.of(
                        KEY,
                        Struct.builder(KEY)
                                .set("region", region)
                                .set("number", number)
                                .build()));
    }

    @Test
    void takesPlainKeys() {
        assertThat(id(writer(), record((byte) 1, "{}"))).isEqualTo("1");
        assertThat(id(writer(), record(-5L, "{}"))).isEqualTo("-5");
        assertThat(id(writer(), record("a b", "{}"))).isEqualTo("a b");
    }

    @Test
    void refusesKeysThatAreNoIds() {
        assertThat(refusal(writer(), record(null, "{}")))
                .isEqualTo(
                        "Cannot make an id: the record has no key. Send keys, set key.ignore=true to make ids of topic,"
                                + " partition and offset, or id.mode to make them of something else.");
        assertThat(refusal(writer(), record("", "{}")))
                .isEqualTo("Cannot make an id: the key is missing, null or empty. Send it with every record.");
        assertThat(refusal(writer(), record(1.5, "{}")))
                .isEqualTo(
                        "Cannot make an id of a key that is a Double: it must be a text, a whole number, or a struct of such."
                                + " Change the key's converter, or set key.ignore=true.");
        assertThat(refusal(writer(), record(new byte[] {1}, "{}"))).contains("value of bytes");
    }

    @Test
    void joinsTheFieldsOfStructs() {
        assertThat(id(writer(), keyed("eu", 7))).isEqualTo("eu|7");
        assertThat(id(writer("id.fields", "number"), keyed("eu", 7))).isEqualTo("7");
        assertThat(id(writer("id.fields", "number,region", "id.separator", "-"), keyed("eu", -7)))
                .isEqualTo("%2D7-eu");
    }

    @Test
    void neverMakesOneIdOfDifferentParts() {
        assertThat(id(writer(), keyed("a|1", 2))).isEqualTo("a%7C1|2").isNotEqualTo(id(writer(), keyed("a", 12)));
        assertThat(id(writer(), keyed("a%7C1", 2))).isEqualTo("a%257C1|2");
    }

    @Test
    void joinsTheMembersOfMapsInTheOrderOfTheirNames() {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("z", 1L);
        key.put("a", "x");
        assertThat(id(writer(), record(key, "{}"))).isEqualTo("x|1");
    }

    @Test
    void refusesAMissingPart() {
        SinkRecord record = record(null, "{}")
                .withKey(SchemaAndValue.of(
                        KEY, Struct.builder(KEY).set("region", "eu").build()));
        assertThat(refusal(writer(), record))
                .isEqualTo(
                        "Cannot make an id: field number of the key is missing, null or empty. Send it with every record.");
        assertThat(refusal(writer("id.fields", "a"), record("k", "{}")))
                .isEqualTo("Cannot make an id of fields [a] of the key: the key is a String. Leave id.fields out.");
    }

    @Test
    void takesFieldsOfTheValueAndHeaders() {
        SinkRecord record = record("k", SchemaAndValue.schemaless(Map.of("a", Map.of("b", 5L))))
                .withHeaders(Headers.EMPTY.with("h", "x"));
        assertThat(id(writer("id.mode", "record_value", "id.fields", "a.b"), record))
                .isEqualTo("5");
        assertThat(id(writer("id.mode", "record_header", "id.fields", "h"), record))
                .isEqualTo("x");
        assertThat(refusal(writer("id.mode", "record_header", "id.fields", "other"), record))
                .isEqualTo("Cannot make an id: header other is missing, null or empty. Send it with every record.");
    }

    @Test
    void ignoresKeysOfSomeTopics() {
        Outcome.Item item =
                (Outcome.Item) writer("topic.key.ignore", "other,orders").write(record("k", "{}"));
        assertThat(item.rendered().text()).contains("\"orders+3+42\"");
    }

    @Test
    void understandsAivensStrategies() {
        var none = writer("key.ignore", "true", "key.ignore.id.strategy", "none");
        assertThat(((Outcome.Item) none.write(record("k", "{}"))).rendered().text())
                .doesNotContain("_id");
        assertThat(id(writer("key.ignore", "true", "key.ignore.id.strategy", "record.key"), record("k", "{}")))
                .isEqualTo("k");
    }

    @Test
    void refusesOrHashesWhatIsTooLong() {
        String fits = "x".repeat(512);
        assertThat(id(writer(), record(fits, "{}"))).isEqualTo(fits);
        String wide = "ü".repeat(256);
        assertThat(id(writer(), record(wide, "{}"))).isEqualTo(wide);
        assertThat(refusal(writer(), record("ü".repeat(257), "{}")))
                .isEqualTo(
                        "Cannot use an id of 514 bytes: servers take at most 512. Shorten the key, or set id.too.long=hash to"
                                + " write a digest of it.");
        assertThat(id(writer("id.too.long", "hash"), record(fits + "x", "{}")))
                .startsWith("sha256:")
                .hasSize(71)
                .isNotEqualTo(id(writer("id.too.long", "hash"), record(fits + "y", "{}")));
    }
}
