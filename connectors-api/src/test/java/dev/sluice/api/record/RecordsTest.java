package dev.sluice.api.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.SchemaAndValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final SourcePosition POSITION = new SourcePosition(Map.of("file", "a"), Map.of("position", 1));
    private static final RecordCoordinates ORIGIN = new RecordCoordinates(new TopicPartition("orders", 3), 1042);

    @Test
    void copiesChangeOnePartAndKeepTheRest() {
        SourceRecord record = SourceRecord.of("a", SchemaAndValue.string("v"), POSITION);

        SourceRecord changed = record.withTopic("b")
                .withPartition(2)
                .withKey(SchemaAndValue.string("k"))
                .withTimestampMillis(9L)
                .withHeaders(Headers.EMPTY.with("h", "1"));

        assertThat(changed)
                .isEqualTo(new SourceRecord(
                        "b",
                        2,
                        SchemaAndValue.string("k"),
                        SchemaAndValue.string("v"),
                        9L,
                        Headers.EMPTY.with("h", "1"),
                        POSITION));
        assertThat(record).isEqualTo(SourceRecord.of("a", SchemaAndValue.string("v"), POSITION));
    }

    @Test
    void aSinkRecordKeepsItsOriginAndItsPartitionWhateverATransformationAsksFor() {
        SinkRecord record = SinkRecord.of(ORIGIN, SchemaAndValue.NULL);

        SinkRecord moved = record.withTopic("other").withPartition(null);

        assertThat(moved.topic()).isEqualTo("other");
        assertThat(moved.partition()).isEqualTo(3);
        assertThat(moved.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void printsPlacesButNeverContents() {
        SinkRecord record = SinkRecord.of(ORIGIN, SchemaAndValue.string("secret"));

        assertThat(record.toString()).contains("orders-3@1042").doesNotContain("secret");
        assertThat(SourceRecord.of("a", SchemaAndValue.string("secret"), POSITION)
                        .toString())
                .contains("topic=a")
                .doesNotContain("secret");
    }

    @Test
    void headersAreAnOrderedMultiMap() {
        Headers headers = Headers.EMPTY.with("a", "1").with("b", "2").with("a", "3");

        assertThat(headers.last("a")).contains(SchemaAndValue.string("3"));
        assertThat(headers.all("a")).hasSize(2);
        assertThat(headers.without("a").toList()).containsExactly(new Header("b", SchemaAndValue.string("2")));
        assertThat(headers.last("c")).isEmpty();
        assertThat(headers.map(header -> new Header("x", header.value())).all("x"))
                .hasSize(3);
    }
}
