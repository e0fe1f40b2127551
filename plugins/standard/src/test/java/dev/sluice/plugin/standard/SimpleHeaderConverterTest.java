package dev.sluice.plugin.standard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.testkit.Generated;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleHeaderConverterTest {
    private final SimpleHeaderConverter ours = new SimpleHeaderConverter();
    private final org.apache.kafka.connect.storage.SimpleHeaderConverter theirs =
            new org.apache.kafka.connect.storage.SimpleHeaderConverter();
    private final TimeZone hostZone = TimeZone.getDefault();

    /** Kafka Connect writes and reads times in the host's zone, so the two agree in UTC only. */
    @BeforeEach
    void moveHostToUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterEach
    void moveHostBack() {
        TimeZone.setDefault(hostZone);
    }

    @Test
    void writesSchemalessValuesAsKafkaConnectDoes() {
        Generated.rounds(2_000, random -> {
            Object value = new GeneratedData(random, true).schemaless();

            assertThat(ours.encode("t", "h", SchemaAndValue.schemaless(value)))
                    .isEqualTo(theirs.fromConnectHeader("t", "h", null, value));
        });
    }

    @Test
    void writesStructsAndTimesAsKafkaConnectDoes() {
        StructSchema schema = Schema.struct()
                .field("day", LogicalType.DATE.schema())
                .field("time", LogicalType.TIME.schema())
                .field("at", LogicalType.TIMESTAMP.schema())
                .field("bytes", Schema.BYTES)
                .field("price", LogicalType.decimal(2))
                .field("no\"te", Schema.STRING.optional())
                .build();
        Struct value = Struct.builder(schema)
                .set("day", LocalDate.of(2024, 2, 29))
                .set("time", LocalTime.of(1, 2, 3, 4_000_000))
                .set("at", Instant.parse("2024-02-29T23:59:59.123Z"))
                .set("bytes", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("price", new BigDecimal("1.50"))
                .build();

        byte[] bytes = ours.encode("t", "h", SchemaAndValue.of(schema, value));

        assertThat(bytes)
                .isEqualTo(theirs.fromConnectHeader("t", "h", KafkaTwin.schema(schema), KafkaTwin.value(schema, value)))
                .asString(UTF_8)
                .isEqualTo("{\"day\":2024-02-29,\"time\":01:02:03.004Z,\"at\":2024-02-29T23:59:59.123Z,"
                        + "\"bytes\":\"AQI=\",\"price\":1.50,\"no\\\"te\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "text",
                " text ",
                "null",
                "true",
                "false",
                "True",
                "0",
                "-1",
                "+7",
                "127",
                "128",
                "-32768",
                "32768",
                "2147483648",
                "9223372036854775807",
                "9223372036854775808",
                "1.5",
                "0.1",
                "1.0",
                "1e3",
                "1e39",
                "1e400",
                "-1e-400",
                "3.14159265358979",
                "12 abc",
                "abc:def",
                "2024-02-29",
                "2024-02-29x",
                "12:34:56.789Z",
                "2024-02-29T12:34:56.789Z",
                "1234567890",
                "[1,2,3]",
                "[1,300,70000]",
                "[ 1 , 2.5 ]",
                "[\"a\",\"b\"]",
                "[true,false]",
                "[[1],[2,3]]",
                "{\"a\":1,\"b\":200}",
                "{1:\"x\",2:\"y\"}",
                "{\"a\":[1,2]}",
                "[\"2024-02-29\"]",
                "[2024-02-29,2024-03-01]",
                "[12:34:56.789Z]",
                "[1",
                "{\"a\"}",
                "{a:1}",
                "[,]",
                "x[1]",
                "-",
                "+",
                ".5",
                "--1",
                "NaN",
                "http://host:80/x",
                "{1}"
            })
    void readsAsKafkaConnectDoes(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        org.apache.kafka.connect.data.SchemaAndValue expected = theirs.toConnectHeader("t", "h", bytes);

        SchemaAndValue read = ours.decode("t", "h", bytes);

        if (expected == null) {
            // Kafka Connect returns no data at all for the text null.
            assertThat(read).isSameAs(SchemaAndValue.NULL);
        } else {
            assertThat(read).isEqualTo(KafkaTwin.back(read.schema(), expected));
        }
    }

    @Test
    void readsNumbersAsKafkaConnectDoes() {
        Generated.rounds(2_000, random -> {
            String text = random.chance(2) ? "" + random.wholeNumber() : "" + random.fraction();
            byte[] bytes = text.getBytes(UTF_8);
            SchemaAndValue read = ours.decode("t", "h", bytes);

            assertThat(read).as(text).isEqualTo(KafkaTwin.back(read.schema(), theirs.toConnectHeader("t", "h", bytes)));
        });
    }

    @Test
    void readsBackWhatItWrote() {
        Generated.rounds(2_000, random -> {
            List<String> texts = List.of(random.line(), random.line());
            byte[] bytes = ours.encode("t", "h", SchemaAndValue.of(Schema.array(Schema.STRING), texts));

            assertThat(ours.decode("t", "h", bytes)).isEqualTo(SchemaAndValue.of(Schema.array(Schema.STRING), texts));
        });
    }

    // Where it does better

    @ParameterizedTest
    @ValueSource(
            strings = {"12,5", "1:2", "[1]x", "true,", "{\"a\":1}}", "2024-02-30", "[\"open]", "[\"a\" \"b\"]", "[1,]"})
    void keepsTextThatOnlyStartsLikeAValue(String text) {
        assertThat(read(text)).isEqualTo(SchemaAndValue.string(text));
    }

    @Test
    void readsPartsOfDifferentTypesWithoutSchema() {
        assertThat(read("[1,\"a\",null]")).isEqualTo(SchemaAndValue.schemaless(Arrays.asList((byte) 1, "a", null)));
        assertThat(read("[]")).isEqualTo(SchemaAndValue.schemaless(List.of()));
        assertThat(read("{}")).isEqualTo(SchemaAndValue.schemaless(Map.of()));
        assertThat(read("{\"a\":1,\"b\":\"x\"}")).isEqualTo(SchemaAndValue.schemaless(Map.of("a", (byte) 1, "b", "x")));
        assertThat(read("{null:1}")).isEqualTo(SchemaAndValue.string("{null:1}"));
    }

    @Test
    void keepsTheTypeOfAMidnight() {
        Instant midnight = Instant.parse("2024-02-29T00:00:00Z");
        SchemaAndValue data = SchemaAndValue.of(LogicalType.TIMESTAMP.schema(), midnight);

        assertThat(ours.decode("t", "h", ours.encode("t", "h", data))).isEqualTo(data);
    }

    @Test
    void keepsBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xFF, 0};

        assertThat(ours.decode("t", "h", bytes)).isEqualTo(SchemaAndValue.of(Schema.BYTES, bytes));
    }

    @Test
    void takesDeepNestingAsText() {
        String deep = "[".repeat(101) + "1" + "]".repeat(101);

        assertThat(read(deep)).isEqualTo(SchemaAndValue.string(deep));
        assertThat(read(deep.substring(1, deep.length() - 1)).value()).isInstanceOf(List.class);
        assertThat(read("[".repeat(1_000_000)).value()).isInstanceOf(String.class);
    }

    @Test
    void keepsNullAndRefusesUnknownClasses() {
        assertThat(ours.encode("t", "h", SchemaAndValue.NULL)).isNull();
        assertThat(ours.decode("t", "h", null)).isSameAs(SchemaAndValue.NULL);
        assertThatThrownBy(() -> ours.encode("t", "h", SchemaAndValue.schemaless(Duration.ZERO)))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write a java.time.Duration as a header: expected a text, number, boolean, bytes,"
                        + " list, map, struct, day, time or instant.");
    }

    private SchemaAndValue read(@Nullable String text) {
        return ours.decode("t", "h", text == null ? null : text.getBytes(UTF_8));
    }
}
