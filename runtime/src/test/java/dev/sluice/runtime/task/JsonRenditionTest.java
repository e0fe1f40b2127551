package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRenditionTest {
    private static String text(SchemaAndValue data) {
        byte[] bytes = JsonRendition.bytes(data);
        return bytes == null ? "(null)" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String schemaless(Object value) {
        return text(SchemaAndValue.schemaless(value));
    }

    @Test
    void nullStaysNull() {
        assertThat(JsonRendition.bytes(SchemaAndValue.NULL)).isNull();
        assertThat(JsonRendition.mediaType(SchemaAndValue.NULL)).isNull();
    }

    @Test
    void whatWasNeverDecodedStaysAsItIs() {
        byte[] bytes = {'{', (byte) 0xff};
        SchemaAndValue data = SchemaAndValue.undecoded(new Encoded(bytes, Encoded.JSON), given -> {
            throw new AssertionError("decoded");
        });

        assertThat(JsonRendition.bytes(data)).isSameAs(bytes);
        assertThat(JsonRendition.mediaType(data)).isEqualTo(Encoded.JSON);
    }

    @Test
    void plainBytesStayAsTheyAre() {
        byte[] bytes = {1, 2, 3};
        SchemaAndValue buffer = SchemaAndValue.of(Schema.BYTES, ByteBuffer.wrap(bytes));

        assertThat(JsonRendition.bytes(SchemaAndValue.of(Schema.BYTES, bytes))).isSameAs(bytes);
        assertThat(JsonRendition.bytes(buffer)).isEqualTo(bytes);
        assertThat(JsonRendition.mediaType(buffer)).isEqualTo("application/octet-stream");
    }

    @Test
    void keepsEveryDigitOfNumbers() {
        assertThat(schemaless(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(schemaless(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(schemaless(new BigDecimal("12345678901234567890.0001000")))
                .isEqualTo("12345678901234567890.0001000");
        assertThat(schemaless(BigInteger.TWO.pow(100))).isEqualTo("1267650600228229401496703205376");
        assertThat(schemaless(0.1f)).isEqualTo("0.1");
        assertThat(schemaless(0.1)).isEqualTo("0.1");
        assertThat(schemaless(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(schemaless(Float.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
        assertThat(schemaless((byte) -1)).isEqualTo("-1");
    }

    @Test
    void rendersTextsListsAndMaps() {
        assertThat(schemaless("ü\"\n")).isEqualTo("\"ü\\\"\\n\"");
        assertThat(schemaless(Arrays.asList(1, null, true))).isEqualTo("[1,null,true]");
        assertThat(schemaless(Map.of("a", Map.of("b", List.of())))).isEqualTo("{\"a\":{\"b\":[]}}");
        assertThat(schemaless(Map.of(1, "a"))).isEqualTo("[[1,\"a\"]]");
    }

    @Test
    void rendersStructsWithTheirRichValues() {
        StructSchema schema = Schema.struct("Order")
                .field("id", Schema.INT64)
                .field("note", Schema.STRING.optional())
                .field("total", LogicalType.decimal(2))
                .field("day", LogicalType.DATE.schema())
                .field("at", LogicalType.TIMESTAMP.schema())
                .field("raw", Schema.BYTES)
                .build();
        Struct order = Struct.builder(schema)
                .set("id", 7L)
                .set("total", new BigDecimal("1.50"))
                .set("day", LocalDate.of(2024, 2, 29))
                .set("at", Instant.ofEpochMilli(1))
                .set("raw", new byte[] {1, 2})
                .build();

        assertThat(text(SchemaAndValue.of(schema, order)))
                .isEqualTo("{\"id\":7,\"note\":null,\"total\":1.50,\"day\":\"2024-02-29\","
                        + "\"at\":\"1970-01-01T00:00:00.001Z\",\"raw\":\"AQI=\"}");
    }
}
