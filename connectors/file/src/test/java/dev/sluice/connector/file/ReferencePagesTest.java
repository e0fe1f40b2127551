package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigReference;
import dev.sluice.api.config.ConfigSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The tables of settings in the reference pages are those of the specs. With {@code -Dsluice.golden=write} they are
 * written instead of compared.
 */
final class ReferencePagesTest {
    private static final String MARK = "<!-- What follows is generated from the settings themselves. -->\n\n";

    private static void assertPage(String name, ConfigSpec spec) throws IOException {
        Path page = Path.of(System.getProperty("basedir", "."), "../../docs/reference", name);
        String text = Files.readString(page);
        String written = text.substring(0, text.indexOf(MARK));
        String expected = written + MARK + ConfigReference.markdown(spec);
        if ("write".equals(System.getProperty("sluice.golden"))) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    @Test
    void describesTheSource() throws IOException {
        assertPage("file-source.md", FileSourceConfig.SPEC);
    }

    @Test
    void describesTheSink() throws IOException {
        assertPage("file-sink.md", FileSinkConfig.SPEC);
    }
}
