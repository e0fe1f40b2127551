package dev.sluice.connector.elasticsearch;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import dev.sluice.testkit.server.ElasticsearchKind;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract of a source over an index of texts; servers and ways to follow differ in the settings alone. */
abstract class ElasticsearchSourceBehaviour extends SourceConnectorBehaviour {
    private final TestingElasticsearch server;
    private final String index;
    private int written;

    ElasticsearchSourceBehaviour(ElasticsearchKind kind) {
        // In the constructor, before the threads of a test are counted.
        server = TestingElasticsearch.shared(kind);
        index = server.freshIndex();
    }

    /** Returns the settings of the way to follow. */
    abstract Map<String, String> following();

    @Override
    protected final SourceConnector newPlugin() {
        return new ElasticsearchSourceConnector();
    }

    @Override
    protected final Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connection.url", server.url(), "index", index, "poll.interval.ms", "50", "read.timeout.ms", "30000"));
        settings.putAll(following());
        return settings;
    }

    @Override
    protected final void write(List<String> texts) {
        StringBuilder lines = new StringBuilder();
        for (String text : texts) {
            lines.append("{\"index\": {\"_index\": \"%s\"}}\n".formatted(index));
            lines.append("{\"text\": \"%s\", \"n\": %d}\n".formatted(escaped(text), written++));
        }
        server.bulk(lines.toString());
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(each -> escaped.append("\\u%04x".formatted(each)));
        return escaped.toString();
    }

    @Override
    protected final String text(SourceRecord record) {
        return record.value().value() instanceof Map<?, ?> document ? String.valueOf(document.get("text")) : "";
    }
}
