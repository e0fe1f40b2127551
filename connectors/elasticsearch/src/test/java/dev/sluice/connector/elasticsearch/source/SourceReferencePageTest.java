package dev.sluice.connector.elasticsearch.source;

import dev.sluice.connector.elasticsearch.ElasticsearchSourceConnector;
import dev.sluice.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SourceReferencePageTest {
    private static final Path PAGES = Path.of(System.getProperty("basedir", "."), "../../docs/reference");

    @Test
    void describesTheSource() throws IOException {
        ReferencePage.assertShows(
                PAGES.resolve("elasticsearch-source.md"), new ElasticsearchSourceConnector().configSpec());
    }
}
