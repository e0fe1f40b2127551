package dev.sluice.plugin.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import dev.sluice.testkit.Generated;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka Connect's own converters of one type judge ours. */
class PrimitiveConverterTest {
    /** Ours, theirs, and values of the type. */
    record Pair(
            PrimitiveConverter ours,
            org.apache.kafka.connect.storage.Converter theirs,
            SchemaType type,
            Function<Generated, Object> values) {
        @Override
        public String toString() {
            return ours.name();
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair(
                        new ShortConverter(),
                        new org.apache.kafka.connect.converters.ShortConverter(),
                        SchemaType.INT16,
                        random -> (short) random.wholeNumber()),
                new Pair(
                        new IntegerConverter(),
                        new org.apache.kafka.connect.converters.IntegerConverter(),
                        SchemaType.INT32,
                        random -> (int) random.wholeNumber()),
                new Pair(
                        new LongConverter(),
                        new org.apache.kafka.connect.converters.LongConverter(),
                        SchemaType.INT64,
                        Generated::wholeNumber),
                new Pair(
                        new FloatConverter(),
                        new org.apache.kafka.connect.converters.FloatConverter(),
                        SchemaType.FLOAT32,
                        random -> random.chance(9) ? Float.intBitsToFloat(0x7fc00001) : (float) random.fraction()),
                new Pair(
                        new DoubleConverter(),
                        new org.apache.kafka.connect.converters.DoubleConverter(),
                        SchemaType.FLOAT64,
                        random -> random.chance(9) ? Double.longBitsToDouble(0x7ff8000000000001L) : random.fraction()),
                new Pair(
                        new BooleanConverter(),
                        new org.apache.kafka.connect.converters.BooleanConverter(),
                        SchemaType.BOOLEAN,
                        random -> random.chance(2)),
                new Pair(
                        new ByteArrayConverter(),
                        new org.apache.kafka.connect.converters.ByteArrayConverter(),
                        SchemaType.BYTES,
                        random -> random.chance(2) ? random.bytes() : ByteBuffer.wrap(random.bytes())));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void writesAndReadsTheSameBytes(Pair pair) {
        Generated.rounds(300, random -> {
            Object value = pair.values().apply(random);
            SchemaAndValue data = SchemaAndValue.of(Schema.of(pair.type()), value);
            byte[] theirs = pair.theirs().fromConnectData("t", KafkaTwin.schema(data.schema()), unread(value));

            assertThat(pair.ours().encode("t", Headers.EMPTY, data)).isEqualTo(theirs);
            assertThat(pair.ours().encode("t", "h", data)).isEqualTo(theirs);
            SchemaAndValue read = pair.ours().decode("t", Headers.EMPTY, theirs);
            assertThat(read)
                    .isEqualTo(KafkaTwin.back(
                            Schema.of(pair.type()).optional(), pair.theirs().toConnectData("t", theirs)));
            assertThat(pair.ours().decode("t", "h", theirs)).isEqualTo(read);
        });
    }

    /** Kafka Connect's converter moves a buffer's position. */
    private static Object unread(Object value) {
        return value instanceof ByteBuffer buffer ? buffer.duplicate() : value;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void keepsNull(Pair pair) {
        assertThat(pair.ours().encode("t", Headers.EMPTY, SchemaAndValue.NULL)).isNull();
        assertThat(pair.ours().decode("t", Headers.EMPTY, null)).isSameAs(SchemaAndValue.NULL);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesValuesOfAnotherClass(Pair pair) {
        assertThatThrownBy(() -> pair.ours().encode("t", Headers.EMPTY, SchemaAndValue.string("secret")))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write a java.lang.String with " + pair + ": expected "
                        + pair.type().javaType().getSimpleName() + ". Choose the converter of the data's type.");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void refusesBytesOfAnotherSize(Pair pair) {
        if (pair.type() == SchemaType.BYTES) {
            assertThat(pair.ours().decode("t", Headers.EMPTY, new byte[3]).value())
                    .isEqualTo(new byte[3]);
            return;
        }
        for (int size : List.of(0, 3, 9)) {
            assertThatThrownBy(() -> pair.ours().decode("t", Headers.EMPTY, new byte[size]))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("Cannot read " + size + " bytes with " + pair + ": expected exactly ");
        }
    }

    @Test
    void refusesABooleanThatIsNeitherZeroNorOne() {
        assertThatThrownBy(() -> new BooleanConverter().decode("t", Headers.EMPTY, new byte[] {2}))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read the byte 2 with BooleanConverter: expected 0 or 1. Choose the converter of the"
                        + " data's type.");
    }

    @Test
    void passesArraysOfBytesOnWithoutCopying() {
        byte[] bytes = {1, 2};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2);

        assertThat(new ByteArrayConverter().encode("t", Headers.EMPTY, SchemaAndValue.of(Schema.BYTES, bytes)))
                .isSameAs(bytes);
        assertThat(new ByteArrayConverter().encode("t", Headers.EMPTY, SchemaAndValue.of(Schema.BYTES, buffer)))
                .isEqualTo(bytes);
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void hasNoSettings(Pair pair) {
        Converter converter = pair.ours();
        HeaderConverter headerConverter = pair.ours();

        assertThat(converter.configSpec().keys()).isEmpty();
        headerConverter.configure(headerConverter.configSpec().parse(Map.of()));
        assertThat(converter.mediaType()).isEmpty();
    }
}
