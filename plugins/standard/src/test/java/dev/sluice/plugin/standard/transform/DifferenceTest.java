package dev.sluice.plugin.standard.transform;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.transform.Transformation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where ours differ from Kafka Connect's on purpose, and so are not compared with them: docs/transformations.md. */
class DifferenceTest {
    private static final Instant MIDNIGHT = Instant.parse("2024-02-29T00:00:00Z");

    @Test
    void daysAndTimesAreCastToTextsByTheirType() {
        StructSchema schema = Schema.struct()
                .field("day", LogicalType.DATE.schema())
                .field("time", LogicalType.TIME.schema())
                .field("at", LogicalType.TIMESTAMP.schema().withDefault(MIDNIGHT))
                .field("micros", LogicalType.MICRO_TIMESTAMP.schema())
                .build();
        Struct struct = Struct.builder(schema)
                .set("day", LocalDate.parse("2024-02-29"))
                .set("time", LocalTime.parse("23:59:59.123"))
                .set("at", MIDNIGHT)
                .set("micros", Instant.ofEpochSecond(1, 2_000))
                .build();

        SchemaAndValue cast = applied(
                new Cast.Value(),
                Map.of("spec", "day:string,time:string,at:string,micros:string"),
                SchemaAndValue.of(schema, struct));

        Struct result = fitting(cast);
        assertThat(result.get("day")).isEqualTo("2024-02-29");
        assertThat(result.get("time")).isEqualTo("23:59:59.123Z");
        assertThat(result.get("at")).isEqualTo("2024-02-29T00:00:00.000Z");
        assertThat(result.get("micros")).isEqualTo("1000002");
        assertThat(result.schema().fields().get(2).schema().defaultValue()).isEqualTo("2024-02-29T00:00:00.000Z");
    }

    @Test
    void aWholeLogicalTypeLosesItsNameWhenItIsCast() {
        SchemaAndValue cast = applied(
                new Cast.Value(),
                Map.of("spec", "int64"),
                SchemaAndValue.of(LogicalType.TIMESTAMP.schema().optional(), MIDNIGHT));

        assertThat(cast).isEqualTo(SchemaAndValue.of(Schema.INT64.optional(), MIDNIGHT.toEpochMilli()));
    }

    @Test
    void theDefaultOfAStructIsCastToo() {
        StructSchema plain = Schema.struct().field("id", Schema.INT64).build();
        Struct one = Struct.builder(plain).set("id", 1L).build();
        Schema schema = plain.withDefault(one);

        SchemaAndValue cast = applied(
                new Cast.Value(), Map.of("spec", "id:string"), SchemaAndValue.of(schema, withSchema(schema, 2L)));

        StructSchema expected = Schema.struct().field("id", Schema.STRING).build();
        assertThat(cast.schema())
                .isEqualTo(expected.withDefault(
                        Struct.builder(expected).set("id", "1").build()));
        assertThat(cast.value())
                .isEqualTo(Struct.builder(expected).set("id", "2").build());
    }

    @Test
    void aMaskedDecimalKeepsItsScale() {
        StructSchema schema =
                Schema.struct().field("price", LogicalType.decimal(2)).build();
        Struct struct =
                Struct.builder(schema).set("price", new BigDecimal("12.50")).build();

        assertThat(masked(schema, struct, null)).isEqualTo(new BigDecimal("0.00"));
        assertThat(masked(schema, struct, "7.5")).isEqualTo(new BigDecimal("7.50"));
    }

    private static @Nullable Object masked(StructSchema schema, Struct struct, @Nullable String replacement) {
        Map<String, String> settings =
                replacement == null ? Map.of("fields", "price") : Map.of("fields", "price", "replacement", replacement);
        SchemaAndValue masked = applied(new MaskField.Value(), settings, SchemaAndValue.of(schema, struct));
        return fitting(masked).get("price");
    }

    @Test
    void schemasOfOtherDataThanStructsAreNamedToo() {
        assertThat(applied(
                        new SetSchemaMetadata.Value(),
                        Map.of("schema.name", "Names", "schema.version", "3"),
                        SchemaAndValue.string("Ada")))
                .isEqualTo(SchemaAndValue.of(Schema.STRING.withName("Names").withVersion(3), "Ada"));
        assertThat(applied(
                        new SetSchemaMetadata.Value(),
                        Map.of("schema.name", LogicalType.TIMESTAMP.schemaName(), "schema.version", "1"),
                        SchemaAndValue.of(Schema.INT64, MIDNIGHT.toEpochMilli())))
                .isEqualTo(SchemaAndValue.of(LogicalType.TIMESTAMP.schema(), MIDNIGHT));
        assertThat(applied(
                        new SetSchemaMetadata.Value(),
                        Map.of("schema.name", "Millis"),
                        SchemaAndValue.of(LogicalType.TIMESTAMP.schema(), MIDNIGHT)))
                .isEqualTo(SchemaAndValue.of(Schema.INT64.withName("Millis").withVersion(1), MIDNIGHT.toEpochMilli()));
    }

    @Test
    void timesInMicrosecondsAreTimes() {
        assertThat(applied(
                        new TimestampConverter.Value(),
                        Map.of("target.type", "Timestamp"),
                        SchemaAndValue.of(LogicalType.MICRO_TIMESTAMP.schema(), MIDNIGHT.plusNanos(1_000))))
                .isEqualTo(SchemaAndValue.of(LogicalType.TIMESTAMP.schema(), MIDNIGHT));
    }

    @Test
    void formerNamesOfReplaceFieldWork() {
        assertThat(applied(
                        new ReplaceField.Value(),
                        Map.of("blacklist", "secret"),
                        SchemaAndValue.schemaless(Map.of("secret", 1, "id", 2))))
                .isEqualTo(SchemaAndValue.schemaless(Map.of("id", 2)));
        assertThat(new ReplaceField.Value()
                        .configSpec()
                        .validate(Map.of("whitelist", "id"))
                        .problems())
                .isNotEmpty();
    }

    /** Returns the struct, which its schema must fit. */
    private static Struct fitting(SchemaAndValue data) {
        requireNonNull(data.schema()).check(data.value());
        return (Struct) requireNonNull(data.value());
    }

    private static Struct withSchema(Schema schema, Object id) {
        return Struct.builder((StructSchema) schema).set("id", id).build();
    }

    private static SchemaAndValue applied(
            Transformation transformation, Map<String, String> settings, SchemaAndValue value) {
        transformation.configure(transformation.configSpec().parse(settings));
        SourceRecord result =
                transformation.apply(SourceRecord.of("orders", value, new SourcePosition(Map.of(), Map.of())));
        return requireNonNull(result).value();
    }
}
