package dev.sluice.plugin.standard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import dev.sluice.testkit.Generated;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringConverterTest {
    private final StringConverter utf8 = converter("UTF-8");

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf8", "ISO-8859-1", "UTF-16"})
    void writesAndReadsAsKafkaConnectDoes(String encoding) {
        StringConverter ours = converter(encoding);
        var theirs = new org.apache.kafka.connect.storage.StringConverter();
        theirs.configure(Map.of("converter.encoding", encoding), false);

        Generated.rounds(500, random -> {
            Object value = random.chance(3) ? (Object) random.wholeNumber() : random.text();
            byte[] bytes = theirs.fromConnectData("t", null, value);

            assertThat(ours.encode("t", Headers.EMPTY, SchemaAndValue.schemaless(value)))
                    .isEqualTo(bytes);
            assertThat(ours.encode("t", "h", SchemaAndValue.schemaless(value))).isEqualTo(bytes);
            assertThat(ours.decode("t", Headers.EMPTY, bytes))
                    .isEqualTo(KafkaTwin.back(Schema.STRING.optional(), theirs.toConnectData("t", bytes)))
                    .isEqualTo(ours.decode("t", "h", bytes));
        });
    }

    @Test
    void writesCompositesAsKafkaConnectDoes() {
        StructSchema inner = Schema.struct().field("x", Schema.FLOAT64).build();
        StructSchema schema = Schema.struct("Order")
                .field("id", Schema.INT64)
                .field("none", Schema.STRING.optional())
                .field("parts", Schema.array(inner))
                .field("tags", Schema.map(Schema.STRING, Schema.BOOLEAN))
                .build();
        Struct part = Struct.builder(inner).set("x", 1.5).build();
        Struct order = Struct.builder(schema)
                .set("id", 7L)
                .set("parts", List.of(part, part))
                .set("tags", Map.of("a", true))
                .build();
        var theirs = new org.apache.kafka.connect.storage.StringConverter();
        byte[] expected = theirs.fromConnectData("t", KafkaTwin.schema(schema), KafkaTwin.value(schema, order));

        byte[] bytes = utf8.encode("t", Headers.EMPTY, SchemaAndValue.of(schema, order));

        assertThat(bytes).isEqualTo(expected).asString(UTF_8).startsWith("Struct{id=7,parts=[Struct{x=1.5}, ");
        Map<String, Object> map = new java.util.TreeMap<>(Map.of("a", 1, "b", Arrays.asList("x", null)));
        assertThat(utf8.encode("t", Headers.EMPTY, SchemaAndValue.schemaless(map)))
                .asString(UTF_8)
                .isEqualTo(map.toString());
    }

    @Test
    void writesTimesInIso8601() {
        assertThat(utf8.encode("t", Headers.EMPTY, SchemaAndValue.of(LogicalType.TIMESTAMP.schema(), Instant.EPOCH)))
                .asString(UTF_8)
                .isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void refusesBytes() {
        assertThatThrownBy(() -> utf8.encode("t", Headers.EMPTY, SchemaAndValue.schemaless(List.of(new byte[1]))))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write bytes with StringConverter: they are no text. Use ByteArrayConverter, or"
                        + " JsonConverter for values that contain bytes.");
    }

    @Test
    void keepsNull() {
        assertThat(utf8.encode("t", Headers.EMPTY, SchemaAndValue.of(Schema.STRING.optional(), null)))
                .isNull();
        assertThat(utf8.decode("t", Headers.EMPTY, null)).isSameAs(SchemaAndValue.NULL);
    }

    @Test
    void passesUtf8ThroughWithoutDecodingIt() {
        byte[] bytes = "grün".getBytes(UTF_8);
        SchemaAndValue data =
                SchemaAndValue.undecoded(new Encoded(bytes, Encoded.UTF8_TEXT), any -> SchemaAndValue.string("grün"));
        StringConverter latin = converter("ISO-8859-1");

        assertThat(utf8.mediaType()).contains(Encoded.UTF8_TEXT);
        assertThat(utf8.encode("t", Headers.EMPTY, data)).isSameAs(bytes);
        assertThat(latin.mediaType()).isEmpty();
        assertThat(latin.encode("t", Headers.EMPTY, data)).isEqualTo("grün".getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-99", "no charset!"})
    void refusesAnUnknownCharset(String encoding) {
        assertThatThrownBy(() -> converter(encoding))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("converter.encoding")
                .hasMessageContaining("the name of a charset that this Java knows, such as UTF-8");
    }

    private static StringConverter converter(String encoding) {
        StringConverter converter = new StringConverter();
        converter.configure(converter.configSpec().parse(Map.of("converter.encoding", encoding)), ConverterRole.VALUE);
        return converter;
    }
}
