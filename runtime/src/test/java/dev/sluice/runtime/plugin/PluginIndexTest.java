package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginIndexTest {
    @TempDir
    Path root;

    private Path plugins;
    private Path jar;
    private Path index;

    @BeforeEach
    void installOnePlugin() throws IOException {
        plugins = root.resolve("plugins");
        index = root.resolve("data.index");
        jar = jar("1").writeTo(plugins.resolve("one/one.jar"));
    }

    private static TestingJar jar(String version) {
        return new TestingJar()
                .version(version)
                .offers(PluginKind.SINK, "a.OneSinkConnector")
                .offers(PluginKind.CONVERTER, "a.OneConverter")
                .aliases("b.One=a.OneSinkConnector", "c.One=a.OneSinkConnector");
    }

    private List<InstalledPlugin> scan() {
        try (Plugins found = Plugins.scan(List.of(plugins), index)) {
            return found.list();
        }
    }

    /** Destroys everything in the jar but its directory: who still knows its plugins has not opened it. */
    private static void destroyContent(Path jar) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        Arrays.fill(bytes, 0, directory, (byte) 0);
        Files.write(jar, bytes);
    }

    @Test
    void remembersPluginsSoThatJarsNeedNotBeOpened() throws IOException {
        List<InstalledPlugin> read = scan();
        destroyContent(jar);

        assertThat(scan()).isEqualTo(read).hasSize(2);
        Files.delete(index);
        assertThat(scan()).isEmpty();
    }

    @Test
    void noticesJarsThatChangeComeAndGo() throws IOException {
        assertThat(scan()).hasSize(2);

        jar("2").writeTo(jar);
        assertThat(scan()).extracting(plugin -> plugin.descriptor().version()).containsExactly("2", "2");

        Path second = new TestingJar().offers(PluginKind.SOURCE, "a.Source").writeTo(plugins.resolve("one/second.jar"));
        assertThat(scan()).hasSize(3);

        Files.delete(second);
        assertThat(scan()).hasSize(2);
    }

    @Test
    void leavesAFittingIndexAlone() throws IOException {
        scan();
        Object before = Files.getAttribute(index, "unix:ino");

        scan();

        assertThat(Files.getAttribute(index, "unix:ino")).isEqualTo(before);
    }

    @Test
    void drawsItsLinesAsDocumented() throws IOException {
        JarStamp stamp = JarStamp.of(plugins.resolve("one"), jar);
        scan();

        assertThat(Files.readAllLines(index))
                .startsWith(
                        "sluice-plugin-index\t1",
                        "location\tplugins/one\t-\t0",
                        "jar\t" + stamp.sizeBytes() + "\t" + Long.toHexString(stamp.crc()) + "\tone.jar",
                        "plugin\tSINK\t1\ta.OneSinkConnector\tb.One\tc.One",
                        "plugin\tCONVERTER\t1\ta.OneConverter")
                .hasSize(6)
                .last()
                .asString()
                .startsWith("end\t");
    }

    @Test
    void readsTheJarsWhereTheIndexIsTornOrDamaged() throws IOException {
        List<InstalledPlugin> read = scan();
        byte[] whole = Files.readAllBytes(index);
        long seed = 42;
        Random random = new Random(seed);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(index, Arrays.copyOf(whole, length));
            assertThat(scan()).as("index cut to %s bytes", length).isEqualTo(read);

            byte[] flipped = whole.clone();
            flipped[length] ^= (byte) (1 << random.nextInt(8));
            Files.write(index, flipped);
            assertThat(scan())
                    .as("bit flipped in byte %s, seed %s", length, seed)
                    .isEqualTo(read);
            assertThat(Files.readAllBytes(index)).isEqualTo(whole);
        }
    }

    @Test
    void readsTheJarsWhereTheIndexIsOfAnotherVersion() throws IOException {
        scan();
        String text = Files.readString(index);
        Files.writeString(index, text.replace("sluice-plugin-index\t1", "sluice-plugin-index\t2"));

        assertThat(scan()).hasSize(2);
        assertThat(Files.readString(index)).isEqualTo(text);
    }

    @Test
    void startsWhereTheIndexCannotBeReadOrWritten() throws IOException {
        index = root.resolve("a-folder");
        Files.createDirectories(index.resolve("with-content"));
        assertThat(scan()).hasSize(2);

        index = root.resolve("missing/plugins.index");
        assertThat(scan()).hasSize(2);

        index = Files.writeString(root.resolve("file"), "").resolve("plugins.index");
        assertThat(scan()).hasSize(2);
        try (var files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("plugins", "a-folder", "file");
        }
    }

    @Test
    void staysBesideAShippedFolderThatIsMoved() throws IOException {
        List<InstalledPlugin> written = PluginIndexer.write(plugins);
        destroyContent(jar);
        Path moved = root.resolve("moved/plugins");
        Files.createDirectories(moved.getParent());
        Files.move(plugins, moved);
        plugins = moved;

        assertThat(scan())
                .extracting(InstalledPlugin::descriptor)
                .isEqualTo(written.stream().map(InstalledPlugin::descriptor).toList());
        assertThat(scan()).extracting(InstalledPlugin::location).containsOnly(moved.resolve("one"));
        assertThat(Files.readString(index))
                .as("what is shipped is not stored again")
                .doesNotContain("location");
    }

    @Test
    void readsAShippedFolderAgainThatWasChangedAfterwards() throws IOException {
        assertThat(PluginIndexer.write(plugins)).hasSize(2);
        jar("2").writeTo(jar);

        assertThat(scan()).extracting(plugin -> plugin.descriptor().version()).containsExactly("2", "2");
        destroyContent(jar);
        assertThat(scan()).as("remembered in the other index").hasSize(2);
    }

    @Test
    void shipsAnIndexThatEverybodyMayRead() throws IOException {
        assertThat(PluginIndexer.write(plugins)).hasSize(2);

        Path shipped = plugins.resolve(PluginIndexer.INDEX_NAME);
        Path other = Files.createFile(plugins.resolve("other"));
        assertThat(Files.getPosixFilePermissions(shipped))
                .isEqualTo(Files.getPosixFilePermissions(other))
                .contains(PosixFilePermission.OWNER_READ);
    }

    @Test
    void refusesToShipAFolderWithABrokenJar() throws IOException {
        Path broken = plugins.resolve("one/broken.jar");
        Files.writeString(broken, "no zip");

        assertThatThrownBy(() -> PluginIndexer.write(plugins))
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith("Cannot read " + broken + ": ");
    }

    @Test
    void reportsABrokenJarAtEveryScan() throws IOException {
        Files.writeString(plugins.resolve("one/broken.jar"), "no zip");
        for (int i = 0; i < 2; i++) {
            try (Plugins found = Plugins.scan(List.of(plugins), index)) {
                assertThat(found.list()).hasSize(2);
                assertThat(found.problems()).hasSize(1);
            }
        }
    }

    @Test
    void forgetsLocationsThatAreGone() throws IOException {
        new TestingJar().offers(PluginKind.SINK, "b.Sink").writeTo(plugins.resolve("two.jar"));
        scan();
        assertThat(Files.readString(index)).contains("location\tplugins/two.jar\t");

        Files.delete(plugins.resolve("two.jar"));
        scan();

        assertThat(Files.readString(index)).doesNotContain("two.jar");
    }

    @Test
    void leavesNamesOutThatItsLinesCannotHold() throws IOException {
        jar("1").writeTo(plugins.resolve("tab\tbed/line\nbroken.jar"));

        assertThat(scan())
                .isEqualTo(scan())
                .extracting(InstalledPlugin::location)
                .containsOnly(plugins.resolve("tab\tbed"));
        assertThat(Files.readString(index)).contains("location\tplugins/one\t").doesNotContain("bed");
    }
}
