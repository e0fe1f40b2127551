package dev.sluice.connector.elasticsearch.document;

import static dev.sluice.connector.elasticsearch.document.Written.lines;
import static dev.sluice.connector.elasticsearch.document.Written.record;
import static dev.sluice.connector.elasticsearch.document.Written.refusal;
import static dev.sluice.connector.elasticsearch.document.Written.writer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How values look in documents. */
final class ValuesTest {
    private static SchemaAndValue field(Schema schema, @Nullable Object value) {
        StructSchema struct = Schema.struct().field("f", schema).build();
        return SchemaAndValue.of(struct, Struct.ofFitting(struct, new @Nullable Object[] {value}));
    }

    private static String written(SchemaAndValue value, String... settings) {
        String lines = lines(writer(settings), record("k", value));
        return lines.substring(lines.indexOf('\n') + 1).strip();
    }

    @Test
    void writesDecimalsAsIsWished() {
        SchemaAndValue price =
                field(LogicalType.decimal(20), new BigDecimal("12345678901234567890.12345678901234567890"));
        assertThat(written(price)).isEqualTo("{\"f\":1.2345678901234567E19}");
        for (String exact : List.of("number", "scaled")) {
            assertThat(written(price, "decimal.format", exact))
                    .isEqualTo("{\"f\":12345678901234567890.12345678901234567890}");
        }
        assertThat(written(price, "decimal.format", "text"))
                .isEqualTo("{\"f\":\"12345678901234567890.12345678901234567890\"}");
        assertThat(written(field(LogicalType.decimal(-400), new BigDecimal("1E+400")), "decimal.format", "number"))
                .isEqualTo("{\"f\":1E+400}");
    }

    @Test
    void refusesNumbersThatJsonDoesNotHave() {
        String why =
                "Cannot write field f into a document: it is NaN or infinite, or larger than a 64 bit fraction, which JSON does"
                        + " not have. Set not.finite.numbers=null to write null, or decimal.format for decimals of any size.";
        assertThat(refusal(writer(), record("k", field(Schema.FLOAT64, Double.NaN))))
                .isEqualTo(why);
        assertThat(refusal(writer(), record("k", field(Schema.FLOAT32, Float.NEGATIVE_INFINITY))))
                .isEqualTo(why);
        assertThat(refusal(writer(), record("k", field(LogicalType.decimal(-400), new BigDecimal("1E+400")))))
                .isEqualTo(why);
        assertThat(written(field(Schema.FLOAT64, Double.NaN), "not.finite.numbers", "null"))
                .isEqualTo("{\"f\":null}");
        assertThat(written(SchemaAndValue.schemaless(Map.of("f", Double.NaN)), "not.finite.numbers", "null"))
                .isEqualTo("{\"f\":null}");
    }

    @Test
    void writesTimesAsIsWished() {
        SchemaAndValue day = field(LogicalType.DATE.schema(), LocalDate.of(1582, 10, 4));
        SchemaAndValue time = field(LogicalType.TIME.schema(), LocalTime.of(10, 0, 0, 5_000_000));
        SchemaAndValue at = field(LogicalType.TIMESTAMP.schema(), Instant.parse("2024-05-01T10:00:00.123Z"));
        SchemaAndValue micros =
                field(LogicalType.MICRO_TIMESTAMP.schema(), Instant.parse("2024-05-01T10:00:00.123456Z"));
        assertThat(written(day)).isEqualTo("{\"f\":\"1582-10-04\"}");
        assertThat(written(time)).isEqualTo("{\"f\":36000005}");
        assertThat(written(at)).isEqualTo("{\"f\":1714557600123}");
        assertThat(written(micros)).isEqualTo("{\"f\":1714557600123456}");
        assertThat(written(time, "time.format", "iso")).isEqualTo("{\"f\":\"10:00:00.005\"}");
        assertThat(written(at, "time.format", "iso")).isEqualTo("{\"f\":\"2024-05-01T10:00:00.123Z\"}");
        assertThat(written(micros, "time.format", "iso")).isEqualTo("{\"f\":\"2024-05-01T10:00:00.123456Z\"}");
    }

    @Test
    void fillsDefaultsInOrRefusesNull() {
        assertThat(written(field(Schema.INT32.withDefault(5), null))).isEqualTo("{\"f\":5}");
        assertThat(written(field(Schema.INT32.optional().withDefault(5), null), "replace.null.with.default", "false"))
                .isEqualTo("{\"f\":null}");
        assertThat(written(field(Schema.INT32.optional(), null))).isEqualTo("{\"f\":null}");
        StructSchema inner = Schema.struct().field("x", Schema.INT32).build();
        SchemaAndValue bad =
                field(Schema.array(inner), List.of(Struct.ofFitting(inner, new @Nullable Object[] {null})));
        assertThat(refusal(writer(), record("k", bad)))
                .isEqualTo(
                        "Cannot write field f.0.x into a document: it is null, but its schema requires a value. Correct it where"
                                + " it is made, or filter such records out.");
    }

    @Test
    void writesMapsAsObjectsOrEntries() {
        SchemaAndValue texts = field(Schema.map(Schema.STRING, Schema.INT32), Map.of("a.b", 1));
        assertThat(written(texts)).isEqualTo("{\"f\":{\"a.b\":1}}");
        assertThat(written(texts, "compact.map.entries", "false")).isEqualTo("{\"f\":[{\"key\":\"a.b\",\"value\":1}]}");
        assertThat(written(field(Schema.map(Schema.INT32, Schema.INT32), Map.of(7, 1))))
                .isEqualTo("{\"f\":[{\"key\":7,\"value\":1}]}");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(refusal(writer(), record("k", SchemaAndValue.string("x"))))
                .isEqualTo(
                        "Cannot make a document of a value that is a String: a document is an object. Put it into a field, as"
                                + " the transformation HoistField does.");
        assertThat(refusal(writer(), record("k", SchemaAndValue.schemaless(Map.of("a", new Object())))))
                .isEqualTo(
                        "Cannot write field a into a document: it is a java.lang.Object, for which JSON has no form. Convert it"
                                + " by a transformation.");
    }

    @Test
    void survivesDeepValues() {
        Map<String, @Nullable Object> deep = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            Map<String, @Nullable Object> outer = new HashMap<>();
            outer.put("a", deep);
            deep = outer;
        }
        assertThat(refusal(writer(), record("k", SchemaAndValue.schemaless(deep))))
                .startsWith("Cannot write the value into a document: ")
                .endsWith("Make it less deep.");
    }
}
