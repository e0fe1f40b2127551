package dev.sluice.connector.file;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.testkit.behaviour.SourceAbility;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The file source keeps the contract of all sources. */
final class FileStreamSourceConnectorTest extends SourceConnectorBehaviour {
    @TempDir
    private Path folder;

    @Override
    protected SourceConnector newPlugin() {
        return new FileStreamSourceConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("file", file().toString(), "topic", "lines", "poll.interval.ms", "5");
    }

    private Path file() {
        return folder.resolve("in.txt");
    }

    @Override
    protected void write(List<String> texts) throws IOException {
        Files.write(file(), texts, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    protected Set<SourceAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(SourceAbility.SPLITS));
    }
}
