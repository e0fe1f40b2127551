package dev.sluice.runtime.config;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReferencePagesTest {
    private static final Path PAGES = Path.of(System.getProperty("basedir", "."), "../docs/reference");

    @Test
    void describesTheWorker() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("worker.md"), WorkerConfig.spec());
    }

    @Test
    void describesSourceConnectors() throws IOException {
        ReferencePage.assertShows(
                PAGES.resolve("source-connector.md"), ConnectorConfig.spec(PluginKind.SOURCE, Map.of()));
    }

    @Test
    void describesSinkConnectors() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("sink-connector.md"), ConnectorConfig.spec(PluginKind.SINK, Map.of()));
    }
}
