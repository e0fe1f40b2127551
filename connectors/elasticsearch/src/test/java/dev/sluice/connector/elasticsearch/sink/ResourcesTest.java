package dev.sluice.connector.elasticsearch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ResourcesTest {
    @Test
    void patternsOfTemplatesMatchWholeNames() {
        assertThat(Resources.matches("logs-*-*", "logs-app-prod")).isTrue();
        assertThat(Resources.matches("logs-*", "my-logs-app")).isFalse();
        assertThat(Resources.matches("a.b", "axb")).isFalse();
        assertThat(Resources.matches("*", "anything")).isTrue();
        assertThat(Resources.matches("exact", "exact")).isTrue();
    }

    @Test
    void theDocumentIsTheSecondLineOrTheWrittenPartOfAnUpdate() {
        assertThat(Resources.source("{\"index\":{}}\n{\"a\":1}\n").orElseThrow())
                .hasToString("{\"a\":1}");
        assertThat(Resources.source("{\"update\":{}}\n{\"doc\":{\"a\":1},\"doc_as_upsert\":true}\n")
                        .orElseThrow())
                .hasToString("{\"a\":1}");
        assertThat(Resources.source("{\"update\":{}}\n{\"script\":{},\"upsert\":{\"b\":2}}\n")
                        .orElseThrow())
                .hasToString("{\"b\":2}");
        assertThat(Resources.source("{\"delete\":{}}\n")).isEmpty();
        assertThat(Resources.source("{\"index\":{}}\nno JSON\n")).isEmpty();
    }
}
