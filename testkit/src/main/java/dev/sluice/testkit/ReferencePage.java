package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigReference;
import dev.sluice.api.config.ConfigSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        String text = Files.readString(page);
        int mark = text.indexOf(MARK);
        assertThat(mark).as("the mark in " + page).isNotNegative();
        String expected = text.substring(0, mark) + MARK + ConfigReference.markdown(spec);
        if ("write".equals(System.getProperty("sluice.golden"))) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }
}
