package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SinkReferencePageTest {
    private static final Path PAGES = Path.of(System.getProperty("basedir", "."), "../../docs/reference");

    @Test
    void describesTheSink() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("elasticsearch-sink.md"), SinkConfig.SPEC);
    }
}
