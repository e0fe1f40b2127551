package dev.sluice.connector.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records by settings, without a cluster. */
final class Written {
    private Written() {}

    static Map<String, @Nullable String> settings(String... pairs) {
        Map<String, @Nullable String> settings = new HashMap<>(Map.of("topics", "orders"));
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    static DocumentConfig config(String... pairs) {
        return DocumentConfig.of(DocumentConfig.SPEC.openPrefix("").parse(settings(pairs)));
    }

    /** Returns the texts of all errors and notes. */
    static List<String> findings(String... pairs) {
        return DocumentConfig.SPEC.openPrefix("").validate(settings(pairs)).problems().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    static DocumentWriter writer(String... pairs) {
        return DocumentWriter.forRendering(config(pairs));
    }

    static SinkRecord record(@Nullable Object key, SchemaAndValue value) {
        return SinkRecord.of(new RecordCoordinates(new TopicPartition("orders", 3), 42), value)
                .withKey(SchemaAndValue.of(null, key))
                .withTimestampMillis(1_700_000_000_123L);
    }

    static SinkRecord record(@Nullable Object key, String json) {
        return record(key, json(json));
    }

    /** JSON that fails the test if it is decoded. */
    static SchemaAndValue json(String json) {
        return SchemaAndValue.undecoded(new Encoded(json.getBytes(StandardCharsets.UTF_8), Encoded.JSON), bytes -> {
            throw new AssertionError("was decoded");
        });
    }

    /** Returns the exact lines of a record. */
    static String lines(DocumentWriter writer, SinkRecord record) {
        Outcome outcome = writer.write(record);
        assertThat(outcome).isInstanceOf(Outcome.Item.class);
        return ((Outcome.Item) outcome).rendered().text();
    }

    /** Returns lines, each with its line feed. */
    static String joined(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    static String refusal(DocumentWriter writer, SinkRecord record) {
        Outcome outcome = writer.write(record);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return String.valueOf(((Outcome.Refused) outcome).reason().getMessage());
    }
}
