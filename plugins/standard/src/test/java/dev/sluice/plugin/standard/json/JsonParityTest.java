package dev.sluice.plugin.standard.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.Headers;
import dev.sluice.plugin.standard.GeneratedData;
import dev.sluice.plugin.standard.KafkaTwin;
import dev.sluice.testkit.Generated;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka Connect's own JSON converter judges ours: the same bytes, and each reads what the other wrote. */
class JsonParityTest {
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 200_000 : 3_000;

    static List<Map<String, String>> withSchemas() {
        return List.of(
                Map.of("schemas.enable", "true"),
                Map.of("schemas.enable", "true", "decimal.format", "numeric"),
                Map.of("schemas.enable", "true", "replace.null.with.default", "false"),
                Map.of("schemas.enable", "true", "schemas.cache.size", "0"));
    }

    static List<Map<String, String>> allSettings() {
        return List.of(
                Map.of(),
                Map.of("decimal.format", "NUMERIC"),
                Map.of("schemas.enable", "false"),
                Map.of("schemas.enable", "false", "decimal.format", "Numeric"),
                Map.of("schemas.enable", "false", "replace.null.with.default", "false"));
    }

    @ParameterizedTest
    @MethodSource("allSettings")
    void writesTheSameBytesForDataWithSchema(Map<String, String> settings) {
        Pair pair = new Pair(settings);
        Generated.rounds(ROUNDS, random -> {
            GeneratedData data = new GeneratedData(random, true);
            Schema schema = data.schema();
            Object value = data.value(schema);

            assertThat(text(pair.ours(schema, value))).isEqualTo(text(pair.theirs(schema, value)));
        });
    }

    @ParameterizedTest
    @MethodSource("allSettings")
    void writesTheSameBytesForDataWithoutSchema(Map<String, String> settings) {
        Pair pair = new Pair(settings);
        Generated.rounds(ROUNDS, random -> {
            Object value = new GeneratedData(random, true).schemaless();

            assertThat(text(pair.ours(null, value))).isEqualTo(text(pair.theirs(null, value)));
        });
    }

    @ParameterizedTest
    @MethodSource("withSchemas")
    void eachReadsWhatTheOtherWroteWithSchema(Map<String, String> settings) {
        Pair pair = new Pair(settings);
        Generated.rounds(ROUNDS, random -> {
            GeneratedData data = new GeneratedData(random, false);
            Schema schema = data.schema();
            Object value = data.value(schema);
            byte[] ours = pair.ours(schema, value);
            byte[] theirs = pair.theirs(schema, value);

            SchemaAndValue read = pair.ours.decode("t", Headers.EMPTY, theirs);

            assertThat(read.schema()).isEqualTo(schema);
            assertThat(read).as(text(theirs)).isEqualTo(KafkaTwin.back(schema, pair.theirs.toConnectData("t", ours)));
            // Again, through the path for texts that start alike.
            assertThat(pair.ours.decode("t", Headers.EMPTY, theirs)).isEqualTo(read);
        });
    }

    @ParameterizedTest
    @MethodSource("allSettings")
    void eachReadsWhatTheOtherWroteWithoutSchema(Map<String, String> settings) {
        Pair pair = new Pair(settings);
        Generated.rounds(ROUNDS, random -> {
            Object value = new GeneratedData(random, false).schemaless();

            byte[] theirs = pair.theirs(null, value);

            SchemaAndValue read = pair.ours.decode("t", Headers.EMPTY, theirs);

            assertThat(read.schema()).isNull();
            assertThat(read.value())
                    .as(text(theirs))
                    .isEqualTo(pair.theirs
                            .toConnectData("t", pair.ours(null, value))
                            .value());
        });
    }

    @ParameterizedTest
    @MethodSource("allSettings")
    void headersAreWrittenAndReadLikeValues(Map<String, String> settings) {
        Pair pair = new Pair(settings);
        SchemaAndValue data = SchemaAndValue.string("grüße");

        byte[] bytes = pair.ours.encode("t", "h", data);

        assertThat(bytes).isEqualTo(pair.theirs.fromConnectHeader("t", "h", KafkaTwin.schema(Schema.STRING), "grüße"));
        assertThat(pair.ours.decode("t", "h", bytes).value()).isEqualTo("grüße");
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    /** Both converters with the same settings. */
    private static final class Pair {
        private final JsonConverter ours = new JsonConverter();
        private final org.apache.kafka.connect.json.JsonConverter theirs =
                new org.apache.kafka.connect.json.JsonConverter();

        Pair(Map<String, String> settings) {
            ours.configure(ours.configSpec().parse(settings), ConverterRole.VALUE);
            theirs.configure(settings, false);
        }

        byte @Nullable [] ours(@Nullable Schema schema, @Nullable Object value) {
            return ours.encode("t", Headers.EMPTY, SchemaAndValue.of(schema, value));
        }

        byte @Nullable [] theirs(@Nullable Schema schema, @Nullable Object value) {
            return theirs.fromConnectData("t", KafkaTwin.schema(schema), KafkaTwin.value(schema, value));
        }
    }
}
