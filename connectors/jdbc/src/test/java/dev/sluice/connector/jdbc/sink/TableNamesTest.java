package dev.sluice.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Topics become tables. */
final class TableNamesTest {
    private static Row row(String topic, Map<String, ?> value) {
        return Row.of(SinkRecord.of(
                new RecordCoordinates(new TopicPartition(topic, 0), 0), SchemaAndValue.schemaless(value)));
    }

    private static TableId table(String format, boolean normalizes, String topic) {
        return TableNames.of(format, List.of(), normalizes, name -> name).of(row(topic, Map.of()));
    }

    @Test
    void dividesAtDotsUnlessTheyAreQuoted() {
        assertThat(table("${topic}", false, "orders")).isEqualTo(TableId.of("orders"));
        assertThat(table("${topic}", false, "public.orders")).isEqualTo(TableId.of("public", "orders"));
        assertThat(table("sales.\"${topic}\"", false, "a.b\"c")).isEqualTo(TableId.of("sales", "a.b\"c"));
    }

    @Test
    void takesWhatIsNoNameAsItStands() {
        assertThat(table("${topic}", false, "a\"b.c")).isEqualTo(TableId.of("a\"b.c"));
        assertThat(table("${topic}", false, "a..b")).isEqualTo(TableId.of("a..b"));
    }

    @Test
    void normalizesAndMaps() {
        assertThat(table("t_${topic}", true, "a.b-c")).isEqualTo(TableId.of("t_a_b_c"));
        TableNames mapped = TableNames.of("x", List.of("orders:sales.o"), false, n -> n.toUpperCase(Locale.ROOT));
        assertThat(mapped.of(row("orders", Map.of()))).isEqualTo(TableId.of("SALES", "O"));
    }

    @Test
    void asksDebeziumForTheOrigin() {
        TableNames names = TableNames.of("${source.schema}.${source.table}", List.of(), false, name -> name);
        Map<String, ?> event = Map.of(
                "op", "c", "after", Map.of("id", 1L), "source", Map.of("schema", "inventory", "table", "customers"));
        assertThat(names.of(row("t", event))).isEqualTo(TableId.of("inventory", "customers"));
        assertThatThrownBy(() -> names.of(row("t", Map.of())))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot choose a table for a record of topic t: it has no source.schema, which"
                        + " table.name.format asks for. Send Debezium's envelopes, or use ${topic}.");
    }
}
