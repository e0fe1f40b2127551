package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigReference;
import dev.sluice.api.config.ConfigSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page about settings whose table is generated from their definitions: prose by hand, then a mark, then the table.
 *
 * <p>A test compares the page with the definitions, so it fails until a new setting is in the page. Run it with
 * {@code -Dsluice.golden=write} to renew the table.
 */
public final class ReferencePage {
    private static final String MARK = "<!-- What follows is generated from the settings themselves. -->\n\n";

    private ReferencePage() {}

    /**
     * Asserts that the table of a page is that of the settings.
     *
     * @param page the Markdown file, which holds the mark
     * @param spec the settings
     */
    public static void assertShows(Path page, ConfigSpec spec) throws IOException {
        assertEnds(page, ConfigReference.markdown(spec));
    }

    /**
     * Asserts that the tables of a page are those of several plugins, each below a heading of its own.
     *
     * @param page the Markdown file, which holds the mark
     * @param specs the settings by heading, in order
     */
    public static void assertShows(Path page, Map<String, ConfigSpec> specs) throws IOException {
        assertEnds(
                page,
                specs.entrySet().stream()
                        .map(each -> "## " + each.getKey() + "\n\n" + ConfigReference.markdown(each.getValue()))
                        .collect(Collectors.joining("\n")));
    }

    private static void assertEnds(Path page, String generated) throws IOException {
        String text = Files.readString(page);
        int mark = text.indexOf(MARK);
        assertThat(mark).as("the mark in " + page).isNotNegative();
        String expected = text.substring(0, mark) + MARK + generated;
        if ("write".equals(System.getProperty("sluice.golden"))) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }
}
