package dev.sluice.connector.elasticsearch;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an index, with short waits.
 *
 * @param url the server
 * @param settings what the test adds
 */
record Reading(String url, Map<String, String> settings) {
    static Reading of(String url, String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Reading(url, settings);
    }

    Reading with(String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return new Reading(url, more);
    }

    SourceTaskHarness start() {
        return start(new FakeSourceTaskContext());
    }

    SourceTaskHarness start(FakeSourceTaskContext context) {
        Map<String, String> all =
                new HashMap<>(Map.of("connection.url", url, "poll.interval.ms", "20", "read.timeout.ms", "20000"));
        all.putAll(settings);
        return SourceTaskHarness.start(new ElasticsearchSourceConnector(), all, context, Duration.ofMinutes(1));
    }

    /** Returns the ids of records, in their order. */
    static List<String> ids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> String.valueOf(record.key().value()))
                .toList();
    }
}
