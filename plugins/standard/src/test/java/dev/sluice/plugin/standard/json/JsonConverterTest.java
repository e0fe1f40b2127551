package dev.sluice.plugin.standard.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JSON converter does beside agreeing with Kafka Connect's, which {@link JsonParityTest} shows. */
class JsonConverterTest {
    private static final StructSchema ORDER = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("note", Schema.STRING.optional())
            .field("count", Schema.INT8.withDefault((byte) 3))
            .build();
    private static final String ORDER_JSON =
            "{'type':'struct','fields':[{'type':'int64','optional':false,'field':'id'},"
                    + "{'type':'string','optional':true,'field':'note'},"
                    + "{'type':'int8','optional':false,'default':3,'field':'count'}],'optional':false,'name':'Order'}";

    private final JsonConverter plain = converter("schemas.enable", "false");
    private final JsonConverter withSchemas = converter();

    // Without schemas

    @Test
    void readsWholeNumbersAsInt64AndOthersAsFloat64() {
        assertThat(read(plain, "[1,9223372036854775807,1.0,1e2,-0.0,007]").value())
                .isEqualTo(List.of(1L, Long.MAX_VALUE, 1.0, 100.0, -0.0, 7L));
    }

    @Test
    void readsWholeNumbersBeyondInt64AsTheNearestFloat64() {
        assertThat(read(plain, "[18446744073709551615,-9223372036854775809]").value())
                .isEqualTo(List.of(0x1p64, -0x1p63));
    }

    @Test
    void keepsTheOrderOfMembersAndTheLastOfOneName() {
        Object value = read(plain, "{'z':1,'a':2,'z':3}").value();

        assertThat(value).hasToString("{z=3, a=2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", " null ", ""})
    void readsNullAndNothingAsNull(String text) {
        assertThat(read(plain, text)).isSameAs(SchemaAndValue.NULL);
        assertThat(plain.decode("t", Headers.EMPTY, null)).isSameAs(SchemaAndValue.NULL);
    }

    @Test
    void readsUtf16AsKafkaConnectDoes() {
        assertThat(plain.decode("t", Headers.EMPTY, "{\"ä\":1}".getBytes(UTF_16BE))
                        .value())
                .isEqualTo(Map.of("ä", 1L));
    }

    @Test
    void passesJsonThroughWithoutDecodingIt() {
        byte[] bytes = "{ \"kept\" : 1.50 }".getBytes(UTF_8);
        SchemaAndValue data = SchemaAndValue.undecoded(new Encoded(bytes, Encoded.JSON), any -> {
            throw new AssertionError("decoded");
        });

        assertThat(plain.mediaType()).contains(Encoded.JSON);
        assertThat(plain.encode("t", Headers.EMPTY, data)).isSameAs(bytes);
        assertThat(plain.encode("t", "h", data)).isSameAs(bytes);
    }

    @Test
    void wrapsUndecodedJsonWhereSchemasAreOn() {
        SchemaAndValue data = SchemaAndValue.undecoded(
                new Encoded("[1]".getBytes(UTF_8), Encoded.JSON), bytes -> plain.decode("t", Headers.EMPTY, bytes));

        assertThat(withSchemas.mediaType()).isEmpty();
        assertThat(write(withSchemas, data)).isEqualTo("{'schema':null,'payload':[1]}");
    }

    @Test
    void writesBigNumbersAndStructsWithoutSchema() {
        Struct order = Struct.builder(ORDER).set("id", 7L).build();
        SchemaAndValue data = SchemaAndValue.schemaless(
                Arrays.asList(new BigDecimal("1.50"), BigInteger.TEN.pow(20), order, (short) 4, (byte) 5, 1.5f, null));

        assertThat(write(plain, data))
                .isEqualTo("[1.50,100000000000000000000,{'id':7,'note':null,'count':3},4,5,1.5,null]");
    }

    @Test
    void writesWhatRemainsInAByteBuffer() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);

        assertThat(write(plain, SchemaAndValue.of(Schema.BYTES, buffer))).isEqualTo("'AQI='");
        assertThat(write(plain, SchemaAndValue.schemaless(buffer))).isEqualTo("'AQI='");
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    @Test
    void refusesOtherClassesWithoutSchema() {
        assertThatThrownBy(() -> write(plain, SchemaAndValue.schemaless(List.of(Instant.EPOCH))))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write a java.time.Instant as JSON without a schema: expected a string, number,"
                        + " boolean, bytes, list, map, struct or null. Give the record a schema.");
    }

    // Malformed text

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'a':secret}    | the text is not well-formed at line 1, column 6 (byte 5)
                    {'a':           | the text breaks off at line 1, column 6 (byte 5)
                    [1,]            | the text is not well-formed at line 1, column 4 (byte 3)
                    NaN             | the text is not well-formed at line 1, column 4 (byte 3)
                    {'a':1} {'b':2} | a second value starts at line 1, column 9 (byte 8)
                    [1]]            | the text is not well-formed at line 1, column 4 (byte 3)
                    1e400           | it is a number out of range at line 1, column 1 (byte 0)
                    """)
    void namesThePositionOfMalformedTextButNotItsContents(String text, String problem) {
        assertThatThrownBy(() -> read(plain, text))
                .isInstanceOf(DataException.class)
                .hasNoCause()
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret");
    }

    @Test
    void namesInvalidUtf8() {
        byte[] bytes = {'"', 'a', (byte) 0xC3, '"'};

        assertThatThrownBy(() -> plain.decode("t", Headers.EMPTY, bytes))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read JSON: the text is not valid UTF-8 at line 1, column ");
    }

    @Test
    void refusesTextsBeyondTheLimitsOfTheParser() {
        assertThat(read(plain, "[".repeat(1000) + "]".repeat(1000)).value()).isInstanceOf(List.class);
        assertThatThrownBy(() -> read(plain, "[".repeat(1001) + "]".repeat(1001)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the text passes a limit of the parser")
                .hasMessageContaining("1001");
        assertThat(read(plain, "0." + "1".repeat(998)).value()).isEqualTo(0.1111111111111111);
        assertThatThrownBy(() -> read(plain, "1".repeat(1001)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the text passes a limit of the parser");
    }

    @Test
    void refusesToWriteWhatIsTooDeepAndGoesOn() {
        Object deep = 1L;
        for (int i = 0; i < 1001; i++) {
            deep = List.of(deep);
        }
        SchemaAndValue tooDeep = SchemaAndValue.schemaless(deep);

        assertThatThrownBy(() -> write(plain, tooDeep))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot write JSON: the value passes a limit of the generator")
                .hasMessageContaining("1001");
        assertThat(write(plain, SchemaAndValue.schemaless(List.of(1L)))).isEqualTo("[1]");
    }

    @Test
    void keepsTextThatIsNoUnicode() {
        StructSchema schema = Schema.struct().field("\ud800", Schema.STRING).build();
        SchemaAndValue data = SchemaAndValue.of(
                schema, Struct.builder(schema).set(0, "a\ud800").build());

        assertThat(write(plain, data)).isEqualTo("{'\\uD800':'a\\uD800'}");
        assertThat(read(plain, "'\\uD800'").value()).isEqualTo("\ud800");
    }

    @Test
    void forgetsTheBufferOfAHugeRecord() {
        String huge = "x".repeat(3 << 20);

        assertThat(write(plain, SchemaAndValue.schemaless(huge))).hasSize(huge.length() + 2);
        assertThat(write(plain, SchemaAndValue.schemaless("small"))).isEqualTo("'small'");
    }

    // With schemas

    @Test
    void writesTheEnvelope() {
        SchemaAndValue data =
                SchemaAndValue.of(ORDER, Struct.builder(ORDER).set("id", 7L).build());

        assertThat(write(withSchemas, data))
                .isEqualTo("{'schema':" + ORDER_JSON + ",'payload':{'id':7,'note':null,'count':3}}");
        assertThat(withSchemas.encode("t", Headers.EMPTY, SchemaAndValue.NULL)).isNull();
        assertThat(write(withSchemas, SchemaAndValue.of(Schema.STRING.optional(), null)))
                .isEqualTo("{'schema':{'type':'string','optional':true},'payload':null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'schema':S,'payload':P}",
                " { 'schema' : S , 'payload' : P } ",
                "{'payload':P,'schema':S}",
                "{'schema':S,'payload':{'id':6},'payload':P}",
                "{'schema':null,'payload':P,'schema':S}"
            })
    void readsTheEnvelopeInAnyOrder(String envelope) {
        String text = envelope.replace("S", ORDER_JSON).replace("P", "{'count':null,'more':[{}],'id':7}");

        for (int i = 0; i < 2; i++) {
            assertThat(read(withSchemas, text))
                    .isEqualTo(SchemaAndValue.of(
                            ORDER, Struct.builder(ORDER).set("id", 7L).build()));
        }
    }

    @Test
    void readsTextsThatStartAlikeAsStrictlyAsOthers() {
        String start = "{'schema':{'type':'int64','optional':false},'payload':";

        assertThat(read(withSchemas, start + "1}").value()).isEqualTo(1L);
        assertThat(read(withSchemas, start + "2 }").value()).isEqualTo(2L);
        assertThat(read(withSchemas, start + "3} ").value()).isEqualTo(3L);
        assertThatThrownBy(() -> read(withSchemas, start + "4,'x':5}"))
                .hasMessageContaining("it has a third member at line 1, column 61 (byte 60)");
        assertThatThrownBy(() -> read(withSchemas, start + "5}}")).hasMessageContaining("not well-formed");
        assertThatThrownBy(() -> read(withSchemas, start + "6")).hasMessageContaining("breaks off");
        assertThatThrownBy(() -> read(withSchemas, start + "}")).hasMessageContaining("not well-formed");
        assertThatThrownBy(() -> read(withSchemas, start + "'7'}"))
                .hasMessage("Cannot read the value from JSON: it is a string at line 1, column 55 (byte 54), expected"
                        + " int64. Send data that fits the schema.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    5                        | it is a number
                    {'payload':1}            | it has no 'schema'
                    {'schema':null}          | it has no 'payload'
                    {'schema':null,'other':1}| it has a third member at line 1, column 24 (byte 23)
                    """)
    void saysWhatIsNoEnvelope(String text, String problem) {
        assertThatThrownBy(() -> read(withSchemas, text))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot read JSON with schemas.enable=true: the text must be an object with exactly 'schema'"
                                + " and 'payload', but " + problem + ". For plain JSON set schemas.enable=false.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                        | it has no 'type'
                    {'type':'text'}                                           | its type 'text' is unknown
                    {'type':'array'}                                          | its type is 'array', but it has no 'items'
                    {'type':'map','keys':{'type':'int8'}}                     | its type is 'map', but it has no 'values'
                    {'type':'struct'}                                         | its type is 'struct', but it has no 'fields'
                    {'type':'struct','fields':[{'type':'int8'}]}              | one of its 'fields' has no name in 'field'
                    {'type':'struct','fields':{}}                             | 'fields' is an object, expected an array
                    {'type':'struct','fields':[7]}                            | it is a number at line 1, column 28 (byte 27), expected an object
                    {'type':'int8','parameters':{'a':1}}                      | parameter 'a' is a number, expected a string
                    """)
    void saysWhatIsNoSchema(String schema, String problem) {
        assertThatThrownBy(() -> read(withSchemas, "{'schema':" + schema + ",'payload':1}"))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read a JSON schema: " + problem + ". Check what wrote it.");
    }

    @Test
    void readsASchemaWhoseMembersStandInAnyOrder() {
        Schema schema = read(
                        withSchemas,
                        "{'schema':{'default':'AQ==','x':[],'parameters':{'scale':'2'},'version':1,'optional':true,"
                                + "'name':'org.apache.kafka.connect.data.Decimal','type':'bytes'},'payload':null}")
                .schema();

        assertThat(schema).isEqualTo(LogicalType.decimal(2).optional().withDefault(new BigDecimal("0.01")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    int8    | 128     | a number out of range
                    int16   | -32769  | a number out of range
                    int32   | 2147483648 | a number out of range
                    int64   | 9223372036854775808 | a number out of range
                    int32   | 1.5     | a number with a fraction or out of range
                    int64   | 1e30    | a number with a fraction or out of range
                    float   | 1e39    | a number out of range
                    double  | 1e309   | a number out of range
                    boolean | 0       | a number
                    string  | true    | a boolean
                    bytes   | '%'     | another string
                    int8    | null    | null
                    """)
    void refusesWhatDoesNotFitTheSchema(String type, String payload, String problem) {
        assertThatThrownBy(() -> read(withSchemas, "{'schema':{'type':'" + type + "'},'payload':" + payload + "}"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read the value from JSON: it is " + problem + " at line 1, column ");
    }

    @Test
    void namesTheFieldThatDoesNotFit() {
        Schema schema = Schema.struct()
                .field(
                        "lines",
                        Schema.array(
                                Schema.struct().field("price", Schema.INT32).build()))
                .build();
        String start = "{'schema':" + json(schema) + ",'payload':";

        assertThatThrownBy(() -> read(withSchemas, start + "{'lines':[{'price':1},{'price':'x'}]}}"))
                .hasMessageStartingWith(
                        "Cannot read field 'lines[].price' from JSON: it is a string at line 1, column ");
        assertThatThrownBy(() -> read(withSchemas, start + "{'lines':[{}]}}"))
                .hasMessageStartingWith(
                        "Cannot read field 'lines[].price' from JSON: it is missing from the object that"
                                + " ends at line 1, column ")
                .hasMessageEndingWith("expected int32 (the schema is required and has no default). Send data that fits"
                        + " the schema.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}        | an object at
                    [[1]]     | an array of less than two at
                    [[1,2,3]] | an array of more than two at
                    [1]       | a number at
                    """)
    void refusesPairsThatAreNone(String payload, String problem) {
        String schema = "{'type':'map','keys':{'type':'int8'},'values':{'type':'int8'}}";

        assertThatThrownBy(() -> read(withSchemas, "{'schema':" + schema + ",'payload':" + payload + "}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void readsSpecialFloatsAndWholeNumbersInEveryWriting() {
        assertThat(payload("float", "'NaN'")).isEqualTo(Float.NaN);
        assertThat(payload("double", "'-Infinity'")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(payload("float", "'Infinity'")).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(payload("double", "16777217")).isEqualTo(16777217.0);
        assertThat(payload("float", "16777217")).isEqualTo(16777216.0f);
        assertThat(payload("int8", "5.0e0")).isEqualTo((byte) 5);
    }

    @Test
    void bringsDecimalsToTheirScaleWhereNoDigitIsLost() {
        String schema = json(LogicalType.decimal(2));

        assertThat(decimal(schema, "1.5")).isEqualTo(new BigDecimal("1.50"));
        assertThat(decimal(schema, "12")).isEqualTo(new BigDecimal("12.00"));
        assertThat(decimal(schema, "1.500")).isEqualTo(new BigDecimal("1.50"));
        assertThat(decimal(schema, "1.234")).isEqualTo(new BigDecimal("1.234"));
        assertThat(decimal(schema, "1e999999")).isEqualTo(new BigDecimal("1e999999"));
        assertThat(decimal(schema, "'AMg='")).isEqualTo(new BigDecimal("2.00"));
    }

    @Test
    void keepsNullWhereDefaultsAreNotWanted() {
        JsonConverter keeping = converter("replace.null.with.default", "false");
        Schema schema = Schema.INT8.optional().withDefault((byte) 4);
        String text = "{'schema':" + json(schema) + ",'payload':null}";

        assertThat(read(withSchemas, text).value()).isEqualTo((byte) 4);
        assertThat(read(keeping, text).value()).isNull();
        assertThat(write(keeping, SchemaAndValue.of(schema, null))).isEqualTo(text);
    }

    @Test
    void writesDefaultsOfComposites() {
        Schema schema = Schema.array(Schema.INT8).withDefault(List.of((byte) 1, (byte) 2));

        assertThat(json(schema))
                .isEqualTo(
                        "{'type':'array','items':{'type':'int8','optional':false},'optional':false,'default':[1,2]}");
        assertThat(read(withSchemas, "{'schema':" + json(schema) + ",'payload':null}"))
                .isEqualTo(SchemaAndValue.of(schema, List.of((byte) 1, (byte) 2)));
    }

    @Test
    void namesTheFieldThatCannotBeWritten() {
        Schema list = Schema.array(Schema.map(Schema.STRING, Schema.INT32));

        assertThatThrownBy(() -> write(plain, SchemaAndValue.of(list, List.of(Map.of("secret", 5L)))))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write field '[]{}' as JSON: it is a java.lang.Long, its schema int32 expects"
                        + " Integer.");
        assertThatThrownBy(() -> write(plain, SchemaAndValue.of(Schema.INT8, null)))
                .hasMessage("Cannot write the value as JSON: it is null, and its schema is required and has no default"
                        + " to put in its place.");
        assertThatThrownBy(() -> write(plain, SchemaAndValue.of(LogicalType.TIMESTAMP.schema(), Instant.MAX)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot write the value as JSON: it is outside the range of org.apache.kafka");
        StructSchema other = Schema.struct("Order").field("id", Schema.INT32).build();
        assertThatThrownBy(() -> write(
                        plain,
                        SchemaAndValue.of(
                                ORDER, Struct.builder(other).set("id", 1).build())))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write the value as JSON: the struct has fields [id], its schema has other names or"
                        + " types for [id, note, count].");
    }

    @Test
    void writesTheNameNullForAnOptionalNullKey() {
        HashMap<@Nullable Object, @Nullable Object> map = new HashMap<>();
        map.put(null, 1L);

        assertThat(write(plain, SchemaAndValue.of(Schema.map(Schema.STRING.optional(), Schema.INT64), map)))
                .isEqualTo("{'null':1}");
        assertThat(write(plain, SchemaAndValue.schemaless(map))).isEqualTo("[[null,1]]");
    }

    @Test
    void keepsOneSchemaObjectForAllTextsThatCarryIt() {
        String text = "{'schema':" + ORDER_JSON + ",'payload':{'id':1}}";
        Schema first = read(withSchemas, text).schema();

        assertThat(read(withSchemas, "{'schema':{'type':'int8'},'payload':1}").value())
                .isEqualTo((byte) 1);
        assertThat(read(withSchemas, text).schema()).isSameAs(first);
    }

    // schema.content

    @Test
    void readsPayloadsUnderTheConfiguredSchema() {
        JsonConverter fixed = converter("schema.content", ORDER_JSON.replace('\'', '"'));

        assertThat(read(fixed, "{'id':5,'note':'n'}"))
                .isEqualTo(SchemaAndValue.of(
                        ORDER,
                        Struct.builder(ORDER).set("id", 5L).set("note", "n").build()));
        assertThat(fixed.decode("t", Headers.EMPTY, null)).isSameAs(SchemaAndValue.NULL);
        assertThatThrownBy(() -> read(fixed, ""))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read JSON: the text is empty, expected a value.");
        assertThat(read(converter("schema.content", " "), "{'schema':null,'payload':1}")
                        .value())
                .isEqualTo(1L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'type'         | the text breaks off
                    {'type':'text'} | its type 'text' is unknown
                    """)
    void refusesAConfiguredSchemaThatIsNone(String content, String problem) {
        assertThatThrownBy(() -> converter("schema.content", content.replace('\'', '"')))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot use the value of schema.content: it is no schema in JSON.")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> converter("schemas.cache.size", "-1", "decimal.format", "HEX"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schemas.cache.size")
                .hasMessageContaining("decimal.format");
    }

    private static JsonConverter converter(String... settings) {
        JsonConverter converter = new JsonConverter();
        Map<String, @Nullable String> given = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        converter.configure(converter.configSpec().parse(given), ConverterRole.VALUE);
        return converter;
    }

    private static SchemaAndValue read(JsonConverter converter, String text) {
        return converter.decode("t", Headers.EMPTY, text.replace('\'', '"').getBytes(UTF_8));
    }

    private static String write(JsonConverter converter, SchemaAndValue data) {
        byte[] bytes = converter.encode("t", Headers.EMPTY, data);
        return bytes == null ? "nothing" : new String(bytes, UTF_8).replace('"', '\'');
    }

    private static String json(Schema schema) {
        SchemaWriter writer = new SchemaWriter(new ValueWriters(DecimalFormat.BASE64, true));
        byte[] none = {};
        byte[] bytes = new JsonOutput().write(none, (out, nothing) -> writer.write(out, schema), null, none);
        return new String(bytes, UTF_8).replace('"', '\'');
    }

    private Object payload(String type, String payload) {
        Object value = read(withSchemas, "{'schema':{'type':'" + type + "'},'payload':" + payload + "}")
                .value();
        return value == null ? "null" : value;
    }

    private Object decimal(String schema, String payload) {
        Object value = read(withSchemas, "{'schema':" + schema + ",'payload':" + payload + "}")
                .value();
        return value == null ? "null" : value;
    }
}
