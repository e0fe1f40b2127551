package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import dev.sluice.testkit.Generated;
import dev.sluice.testkit.GeneratedData;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of a converter: what was encoded decodes to the same, null is null, and foreign bytes are refused.
 *
 * <p>Extend it and fill in {@link #newPlugin()} and {@link #settings()}; where the converter does not take every type or
 * does not give the same schema back, override {@link #types()}, {@link #logicalTypes()} and {@link #decoded}.
 */
public abstract class ConverterBehaviour extends PluginBehaviour<Converter> {
    private static final String TOPIC = "testing";
    private static final int ROUNDS = 300;

    /** For subclasses. */
    protected ConverterBehaviour() {}

    /** Returns the schema types that can be encoded; all unless overridden. The others are tested to be refused. */
    protected Set<SchemaType> types() {
        return EnumSet.allOf(SchemaType.class);
    }

    /** Returns the logical types that can be encoded; all unless overridden. */
    protected Set<LogicalType> logicalTypes() {
        return EnumSet.allOf(LogicalType.class);
    }

    /** Returns what encoding and decoding makes of data; the same unless overridden. */
    protected SchemaAndValue decoded(SchemaAndValue written) {
        return written;
    }

    /** Returns bytes that are not in the converter's format; a broken text unless overridden. */
    protected List<byte[]> foreignBytes() {
        return List.of("{\"broken".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    }

    /** Returns what the converter can do; everything unless overridden. */
    protected Set<ConverterAbility> abilities() {
        return EnumSet.allOf(ConverterAbility.class);
    }

    private boolean can(ConverterAbility ability) {
        return abilities().contains(ability);
    }

    /** Returns a converter for values with the test's settings. */
    protected final Converter configured() {
        Converter converter = newPlugin();
        converter.configure(config(), ConverterRole.VALUE);
        return converter;
    }

    private static SchemaAndValue roundTrip(Converter converter, SchemaAndValue data) {
        return converter.decode(TOPIC, Headers.EMPTY, converter.encode(TOPIC, Headers.EMPTY, data));
    }

    @Test
    void keepsNullNull() {
        try (Converter converter = configured()) {
            assertThat(converter.encode(TOPIC, Headers.EMPTY, SchemaAndValue.NULL))
                    .isNull();
            assertThat(converter.decode(TOPIC, Headers.EMPTY, null)).isEqualTo(SchemaAndValue.NULL);
        }
    }

    @Test
    void decodesWhatItEncoded() {
        try (Converter converter = configured()) {
            Generated.rounds(ROUNDS, generated -> {
                SchemaAndValue data = new GeneratedData(generated, types(), logicalTypes()).schemaAndValue();
                assertSame(roundTrip(converter, data), decoded(data), data);
            });
        }
    }

    @Test
    void encodesEachTypeItTakesAndRefusesTheOthers() {
        for (SchemaType type : SchemaType.values()) {
            Generated.rounds(10, generated -> {
                var data = new GeneratedData(generated, types(), Set.of());
                var schema = (types().contains(type) ? data : all(generated)).schema(type);
                assertTaken(SchemaAndValue.of(schema, all(generated).value(schema)), types().contains(type));
            });
        }
    }

    @Test
    void encodesEachLogicalTypeItTakesAndRefusesTheOthers() {
        for (LogicalType type : LogicalType.values()) {
            Generated.rounds(10, generated -> {
                var schema = all(generated).schema(type);
                assertTaken(
                        SchemaAndValue.of(schema, all(generated).value(schema)),
                        logicalTypes().contains(type));
            });
        }
    }

    private static GeneratedData all(Generated generated) {
        return new GeneratedData(generated, EnumSet.allOf(SchemaType.class), EnumSet.allOf(LogicalType.class));
    }

    private void assertTaken(SchemaAndValue data, boolean taken) {
        try (Converter converter = configured()) {
            if (taken) {
                assertSame(roundTrip(converter, data), decoded(data), data);
            } else {
                assertRefused(converter, data);
            }
        }
    }

    private static void assertRefused(Converter converter, SchemaAndValue data) {
        assertThatThrownBy(() -> converter.encode(TOPIC, Headers.EMPTY, data))
                .as("encoding of %s", data.schema())
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot ");
    }

    private static void assertSame(SchemaAndValue actual, SchemaAndValue expected, SchemaAndValue written) {
        assertThat(actual.schema()).as("schema of %s", written.schema()).isEqualTo(expected.schema());
        assertThat(actual.equals(expected))
                .as("value %s is decoded as %s", expected.value(), actual.value())
                .isTrue();
    }

    @Test
    void takesOrRefusesDataWithoutSchema() {
        List<SchemaAndValue> samples = List.of(
                SchemaAndValue.schemaless("text \u00e4\u65e5"),
                SchemaAndValue.schemaless(true),
                SchemaAndValue.schemaless(Map.of("name", List.of(1L, "two", Map.of()))));
        try (Converter converter = configured()) {
            for (SchemaAndValue data : samples) {
                if (can(ConverterAbility.SCHEMALESS)) {
                    assertSame(roundTrip(converter, data), decoded(data), data);
                } else {
                    assertRefused(converter, data);
                }
            }
        }
    }

    @Test
    void refusesForeignBytesIfItSaysSo() {
        try (Converter converter = configured()) {
            for (byte[] bytes : foreignBytes()) {
                if (can(ConverterAbility.REFUSES_FOREIGN_BYTES)) {
                    assertThatThrownBy(() -> value(converter, bytes))
                            .isInstanceOf(DataException.class)
                            .hasMessageStartingWith("Cannot ");
                } else {
                    assertThat(value(converter, bytes)).isNotNull();
                }
            }
        }
    }

    /** Reads the value too, since data may be decoded only then. */
    private static @Nullable Object value(Converter converter, byte[] bytes) {
        return converter.decode(TOPIC, Headers.EMPTY, bytes).value();
    }

    @Test
    void namesAMediaTypeIfItSaysSo() {
        try (Converter converter = configured()) {
            assertThat(converter.mediaType().isPresent()).isEqualTo(can(ConverterAbility.MEDIA_TYPE));
        }
    }

    @Test
    void passesBytesOfItsMediaTypeThrough() {
        try (Converter converter = configured()) {
            assumeTrue(converter.mediaType().isPresent(), "the converter has no media type");
            Generated.rounds(50, generated -> {
                SchemaAndValue data = new GeneratedData(generated, types(), logicalTypes()).schemaAndValue();
                byte[] bytes = converter.encode(TOPIC, Headers.EMPTY, data);
                if (bytes != null) {
                    assertPassed(
                            converter, new Encoded(bytes, converter.mediaType().orElseThrow()));
                }
            });
        }
    }

    private static void assertPassed(Converter converter, Encoded encoded) {
        SchemaAndValue undecoded =
                SchemaAndValue.undecoded(encoded, bytes -> converter.decode(TOPIC, Headers.EMPTY, bytes));
        assertThat(converter.encode(TOPIC, Headers.EMPTY, undecoded)).isEqualTo(encoded.bytes());
        SchemaAndValue read = SchemaAndValue.of(undecoded.schema(), undecoded.value());
        assertThat(converter.encode(TOPIC, Headers.EMPTY, read))
                .as("encoded from the decoded value")
                .isEqualTo(encoded.bytes());
    }

    @Test
    void closesWithoutHavingBeenConfigured() {
        Converter converter = newPlugin();
        converter.close();
        assertThat(converter.configSpec()).isNotNull();
    }
}
