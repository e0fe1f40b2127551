package dev.sluice.connector.file;

import dev.sluice.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReferencePagesTest {
    private static final Path PAGES = Path.of(System.getProperty("basedir", "."), "../../docs/reference");

    @Test
    void describesTheSource() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("file-source.md"), FileSourceConfig.SPEC);
    }

    @Test
    void describesTheSink() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("file-sink.md"), FileSinkConfig.SPEC);
    }
}
