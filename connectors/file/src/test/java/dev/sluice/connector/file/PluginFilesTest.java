package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SourceConnector;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The files by which the runtime finds the connectors, also under their names in Kafka Connect. */
final class PluginFilesTest {
    @Test
    void offersBothConnectors() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .hasAtLeastOneElementOfType(FileStreamSourceConnector.class);
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(FileStreamSinkConnector.class);
    }

    @Test
    void answersToTheNamesInKafkaConnect() throws IOException {
        Properties aliases = new Properties();
        try (InputStream input = Objects.requireNonNull(
                FileStreamSourceConnector.class.getResourceAsStream("/META-INF/sluice/aliases.properties"))) {
            aliases.load(input);
        }
        assertThat(aliases)
                .containsEntry(
                        "org.apache.kafka.connect.file.FileStreamSourceConnector",
                        FileStreamSourceConnector.class.getName())
                .containsEntry(
                        "org.apache.kafka.connect.file.FileStreamSinkConnector",
                        FileStreamSinkConnector.class.getName())
                .hasSize(2);
    }
}
