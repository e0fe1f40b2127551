package dev.sluice.connector.jdbc.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as PostgreSQL's COPY and its binds want them. */
final class TextFormTest {
    private static String copied(Schema schema, ColumnKind column, ZoneId zone, Object value) {
        TextBuffer buffer = TextBuffer.ofCopy(1);
        new ColumnForm(FieldType.of(schema), column, zone, true).copy(value, buffer);
        return buffer.toString();
    }

    private static String copied(Schema schema, ColumnKind column, Object value) {
        return copied(schema, column, ZoneOffset.UTC, value);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 101, -1, -100, Long.MAX_VALUE, Long.MIN_VALUE, 1_000_000_007L})
    void writesWholeNumbers(long value) {
        assertThat(copied(Schema.INT64, ColumnKind.WHOLE, value)).isEqualTo(Long.toString(value));
    }

    @Test
    void escapesForCopyAlone() {
        String text = "a\tb\nc\rd\\e\bf\fg\u000Bh";
        assertThat(copied(Schema.STRING, ColumnKind.TEXT, text)).isEqualTo("a\\tb\\nc\\rd\\\\e\\bf\\fg\\vh");
        assertThat(new ColumnForm(FieldType.of(Schema.STRING), ColumnKind.TEXT, ZoneOffset.UTC, true).bound(text))
                .isEqualTo(text);
    }

    @Test
    void writesAllOfUnicode() {
        String text = "\u0001\u007F\u0080\u07FF\u0800\uFFFD\uD83D\uDE00";
        assertThat(copied(Schema.STRING, ColumnKind.TEXT, text)).isEqualTo(text);
    }

    @Test
    void refusesWhatNoTextHolds() {
        assertThatThrownBy(() -> copied(Schema.STRING, ColumnKind.TEXT, "a\u0000"))
                .isInstanceOf(DataException.class)
                .hasMessage("it holds the character U+0000, which no text of PostgreSQL can");
        assertThatThrownBy(() -> copied(Schema.STRING, ColumnKind.TEXT, "a\uD83D"))
                .isInstanceOf(DataException.class)
                .hasMessage("it holds half of a surrogate pair, which is no character");
    }

    @Test
    void writesTimestampsByTheClockOfTheZoneAndInstantsAsTheyAre() {
        Schema micros = LogicalType.MICRO_TIMESTAMP.schema();
        Instant summer = Instant.parse("2024-07-01T22:30:00.000001Z");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(copied(micros, ColumnKind.TIMESTAMP, berlin, summer)).isEqualTo("2024-07-02 00:30:00.000001");
        assertThat(copied(micros, ColumnKind.INSTANT, berlin, summer)).isEqualTo("2024-07-01 22:30:00.000001+00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1582-10-10", "0001-01-01", "0000-12-31", "-0043-03-15", "9999-12-31", "+12345-01-01"})
    void writesDaysOfTheProlepticCalendar(String day) {
        LocalDate date = LocalDate.parse(day);
        String era = date.getYear() <= 0 ? " BC" : "";
        int year = date.getYear() <= 0 ? 1 - date.getYear() : date.getYear();
        String expected = String.format("%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
        assertThat(copied(LogicalType.DATE.schema(), ColumnKind.DATE, date)).isEqualTo(expected + era);
        Instant at = LocalDateTime.of(date, LocalTime.of(1, 2, 3)).toInstant(ZoneOffset.UTC);
        assertThat(copied(LogicalType.TIMESTAMP.schema(), ColumnKind.TIMESTAMP, at))
                .isEqualTo(expected + " 01:02:03" + era);
    }

    @Test
    void writesArraysAndJson() {
        assertThat(copied(Schema.array(Schema.STRING.optional()), ColumnKind.ARRAY, Arrays.asList("a,b", null, "\"\\")))
                .isEqualTo("{\"a,b\",NULL,\"\\\\\"\\\\\\\\\"}");
        assertThat(copied(
                        Schema.array(Schema.array(Schema.INT32)),
                        ColumnKind.ARRAY,
                        List.of(List.of(1, 2), List.of(3, 4))))
                .isEqualTo("{{1,2},{3,4}}");
        assertThat(copied(Schema.map(Schema.STRING, Schema.FLOAT64), ColumnKind.JSON, Map.of("x", Double.NaN)))
                .isEqualTo("{\"x\":\"NaN\"}");
    }

    @Test
    void choosesByTheValueWhereThereIsNoSchema() {
        ColumnForm form = new ColumnForm(FieldType.UNKNOWN, ColumnKind.WHOLE, ZoneOffset.UTC, true);
        assertThat(form.bound(5L)).isEqualTo("5");
        assertThat(form.bound(true)).isEqualTo("1");
        assertThatThrownBy(() -> form.bound(List.of(1L)))
                .isInstanceOf(DataException.class)
                .hasMessage("the value is ARRAY and the column WHOLE");
        ColumnForm json = new ColumnForm(FieldType.UNKNOWN, ColumnKind.JSON, ZoneOffset.UTC, true);
        assertThat(json.bound("text")).isEqualTo("\"text\"");
    }

    @Test
    void readsTheTypesOfDebezium() {
        assertThat(copied(Schema.INT32.withName("io.debezium.time.Date"), ColumnKind.DATE, 19_000))
                .isEqualTo("2022-01-08");
        assertThat(copied(
                        Schema.STRING.withName("io.debezium.time.ZonedTimestamp"),
                        ColumnKind.INSTANT,
                        "2024-01-01T01:00:00+01:00"))
                .isEqualTo("2024-01-01 00:00:00+00");
        assertThat(copied(Schema.STRING.withName("io.debezium.data.Json"), ColumnKind.JSON, "{\"a\":1}"))
                .isEqualTo("{\"a\":1}");
    }
}
