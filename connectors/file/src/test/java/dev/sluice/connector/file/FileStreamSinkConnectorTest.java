package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.connector.SinkConnector;
import dev.sluice.testkit.behaviour.SinkAbility;
import dev.sluice.testkit.behaviour.SinkConnectorBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The file sink keeps the contract of all sinks. */
final class FileStreamSinkConnectorTest extends SinkConnectorBehaviour {
    @TempDir
    private Path folder;

    @Override
    protected SinkConnector newPlugin() {
        return new FileStreamSinkConnector();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("file", file().toString());
    }

    private Path file() {
        return folder.resolve("deep/er/out.txt");
    }

    @Override
    protected List<String> readOutside() throws IOException {
        return Files.exists(file()) ? linesOf(Files.readString(file())) : List.of();
    }

    /** Unlike {@code String.lines()}, ends lines at LF alone. */
    private static List<String> linesOf(String text) {
        String[] parts = text.split("\n", -1);
        assertThat(parts[parts.length - 1]).as("what follows the last line").isEmpty();
        return List.of(parts).subList(0, parts.length - 1);
    }

    @Override
    protected Optional<String> textOfNull() {
        return Optional.of("null");
    }

    @Override
    protected Set<SinkAbility> abilities() {
        return EnumSet.of(
                SinkAbility.NULL_VALUES, SinkAbility.NON_ASCII, SinkAbility.RENDERS, SinkAbility.ALTERS_OFFSETS);
    }
}
