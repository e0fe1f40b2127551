package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PropertiesFileTest {
    @TempDir
    Path folder;

    @Test
    void readsTheFormOfJavasProperties() throws IOException {
        PropertiesFile file = read("# a comment\n! another\n\na=1\r\n b : 2 \nc=one \\\n   two\nd\\ e=\\u00e4\\t\n");

        assertThat(file.settings()).isEqualTo(Map.of("a", "1", "b", "2 ", "c", "one two", "d e", "ä\t"));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void readsAnyTextAsJavaDoes() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "ab=: \t\\\n\r#!\fn";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Properties expected = new Properties();
            expected.load(new StringReader(text.toString()));

            Map<String, String> read = new HashMap<>(new PropertiesParser("f", text.toString()).settings());
            // The empty name is no setting; Java finds one in some texts that end in a lone backslash.
            expected.remove("");
            read.remove("");
            assertThat(read).as("seed %d, text %s", seed, text).isEqualTo(expected);
        }
    }

    @Test
    void keepsTheOrderOfTheFile() throws IOException {
        assertThat(read("z=1\na=2\nm=3\n").settings().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void readsUtf8WithOrWithoutAMark() throws IOException {
        assertThat(read("\uFEFFpath=Größe/東京\n").settings()).isEqualTo(Map.of("path", "Größe/東京"));
    }

    @Test
    void readsLatin1WhereTheFileIsNoUtf8() throws IOException {
        Path path = folder.resolve("w.properties");
        Files.write(path, "path=Größe".getBytes(StandardCharsets.ISO_8859_1));

        PropertiesFile file = PropertiesFile.read(path, "worker file");

        assertThat(file.settings()).isEqualTo(Map.of("path", "Größe"));
        assertThat(texts(file))
                .containsExactly(
                        "File " + path + " is not valid UTF-8 and was read as ISO 8859-1. Save it as UTF-8 if it"
                                + " holds other characters.");
    }

    @Test
    void aMalformedEscapeIsAnErrorWithItsLine() {
        assertThatThrownBy(() -> read("a=1\nfile=C:\\users\\u12x\nb=\\u\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "w.properties, line 2: Cannot read \\users: four hexadecimal digits must follow \\u."
                                + " Write \\\\ for a backslash.")
                .hasMessageContaining("w.properties, line 3: Cannot read \\u: ");
    }

    @Test
    void linesThatLookLikeMistakesAreWarnedOf() throws IOException {
        PropertiesFile file = read("name orders\nlonely\ntopics.regex=a\\.b\na=1\na=2\n");

        assertThat(file.settings()).isEqualTo(Map.of("name", "orders", "lonely", "", "topics.regex", "a.b", "a", "2"));
        assertThat(texts(file))
                .map(text -> text.substring(text.indexOf(", line") + 2))
                .containsExactly(
                        "line 1: There is no '=' in the line; it is read as setting 'name' with the rest of the line as its"
                                + " value. Write name=value.",
                        "line 2: There is no '=' in the line; it is read as setting 'lonely' with an empty value. Write"
                                + " name=value.",
                        "line 3: The backslash before '.' has no effect in a properties file. Write \\\\ for a backslash.",
                        "line 5: Setting a was given before, in line 4; the last one holds. Remove one of them.");
    }

    @Test
    void aFileThatCannotBeReadSaysWhy() {
        Path missing = folder.resolve("none.properties");

        assertThatThrownBy(() -> PropertiesFile.read(missing, "worker file"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Cannot read worker file " + missing + ": there is no such file. Check the path; it starts at"
                                + " the working folder " + Path.of("").toAbsolutePath() + ".");
        assertThatThrownBy(() -> PropertiesFile.read(folder, "worker file"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot read worker file " + folder + ": it is a folder. Give the path of a file.");
    }

    @Test
    void aDataFileGivenByMistakeIsNotReadWhole() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[(4 << 20) + 1]);

        assertThatThrownBy(() -> PropertiesFile.read(large, "worker file"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot read worker file " + large + ": it is larger than 4194304 bytes, too large for"
                        + " settings. Give the path of a settings file.");
    }

    private PropertiesFile read(String text) throws IOException {
        return PropertiesFile.read(Files.writeString(folder.resolve("w.properties"), text), "worker file");
    }

    private static List<String> texts(PropertiesFile file) {
        return file.warnings().stream().map(ConfigProblem::text).toList();
    }
}
