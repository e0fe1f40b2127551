package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.plugin.PluginProblem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginScanTest {
    @TempDir
    Path root;

    private static Plugins scan(Path... path) {
        return Plugins.scan(List.of(path), null);
    }

    private static List<String> classNames(Plugins plugins) {
        return plugins.list().stream()
                .map(plugin -> plugin.descriptor().className())
                .toList();
    }

    private static List<String> reasons(Plugins plugins, Severity severity) {
        return plugins.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(PluginProblem::reason)
                .toList();
    }

    private TestingJar sink(String className) {
        return new TestingJar().version("1.2").offers(PluginKind.SINK, className);
    }

    @Test
    void describesWhatTheServiceAndAliasFilesOfAJarSay() throws IOException {
        new TestingJar()
                .version("1.2.3")
                .offers(PluginKind.SINK, "a.OneSinkConnector", "a.TwoSinkConnector")
                .offers(PluginKind.CONVERTER, "a.JsonConverter")
                .offers(PluginKind.TRANSFORMATION, "a.Mask$Key")
                .aliases("# names of another product", "x.y.OneSink = a.OneSinkConnector", "One: a.OneSinkConnector")
                .writeTo(root.resolve("plugin/lib/deep/plugin.jar"));

        try (Plugins plugins = scan(root)) {
            assertThat(classNames(plugins))
                    .containsExactly("a.OneSinkConnector", "a.TwoSinkConnector", "a.JsonConverter", "a.Mask$Key");
            InstalledPlugin first = plugins.list().get(0);
            assertThat(first.location()).isEqualTo(root.resolve("plugin"));
            assertThat(first.descriptor().version()).isEqualTo("1.2.3");
            assertThat(first.descriptor().aliases()).isEqualTo(Set.of("x.y.OneSink", "One"));
            assertThat(plugins.problems()).isEmpty();
        }
    }

    @Test
    void readsServiceFilesAsTheJdkDoes() throws IOException {
        sink("a.OneSinkConnector")
                .file(
                        "META-INF/services/" + PluginKind.SINK.type().getName(),
                        "# comment\r\n\r\n  a.OneSinkConnector  # the one\r\na.OneSinkConnector")
                .writeTo(root.resolve("plugin.jar"));

        assertThat(classNames(scan(root))).containsExactly("a.OneSinkConnector");
        assertThat(scan(root).problems()).isEmpty();
    }

    @Test
    void takesTheVersionFromTheJarThatHoldsTheClass() throws IOException {
        new TestingJar().version("9").names(PluginKind.SINK, "a.Sink").writeTo(root.resolve("plugin/a-names.jar"));
        sink("a.Sink")
                .without("META-INF/services/" + PluginKind.SINK.type().getName())
                .writeTo(root.resolve("plugin/b-holds.jar"));

        assertThat(scan(root).list())
                .extracting(plugin -> plugin.descriptor().version())
                .containsExactly("1.2");
    }

    @Test
    void knowsNoVersionOfAJarWithoutManifest() throws IOException {
        new TestingJar().offers(PluginKind.SINK, "a.Sink").writeTo(root.resolve("plugin.jar"));

        assertThat(scan(root).list().get(0).descriptor().version()).isEqualTo("undefined");
    }

    @Test
    void takesSingleJarsZipsAndFoldersOfClassFilesForLocations() throws IOException {
        sink("a.InJar").writeTo(root.resolve("single.JAR"));
        sink("a.InZip").writeTo(root.resolve("single.zip"));
        sink("a.InFolder").unpackTo(root.resolve("classes"));
        sink("a.Named").writeTo(root.resolve("deep/below/named.jar"));
        Files.writeString(root.resolve("README.md"), "no plugin");

        assertThat(classNames(scan(root, root.resolve("deep/below/named.jar"))))
                .containsExactly("a.InFolder", "a.InJar", "a.InZip", "a.Named");
    }

    @Test
    void followsSymbolicLinksAndEndsAtLoops() throws IOException {
        Path elsewhere = sink("a.Linked").writeTo(root.resolve("elsewhere/linked.jar"));
        Path path = Files.createDirectories(root.resolve("path"));
        Files.createSymbolicLink(path.resolve("folder"), elsewhere.getParent());
        Files.createSymbolicLink(elsewhere.resolveSibling("loop"), elsewhere.getParent());

        assertThat(classNames(scan(path))).containsExactly("a.Linked");
        assertThat(scan(path).problems()).isEmpty();
    }

    @Test
    void leavesHiddenFilesAndJarsThatAreTooDeepAlone() throws IOException {
        String deepest = "2/3/4/5/6/7/";
        sink("a.Deep").writeTo(root.resolve("plugin/1/" + deepest + "deep.jar"));
        sink("a.TooDeep").writeTo(root.resolve("plugin/1/" + deepest + "8/too-deep.jar"));
        sink("a.Hidden").writeTo(root.resolve("plugin/.trash/hidden.jar"));
        sink("a.HiddenJar").writeTo(root.resolve(".hidden.jar"));

        assertThat(classNames(scan(root))).containsExactly("a.Deep");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.99})
    void reportsATruncatedJarAndLoadsTheOthers(double part) throws IOException {
        sink("a.Good").writeTo(root.resolve("good/good.jar"));
        sink("a.Neighbour").writeTo(root.resolve("mixed/neighbour.jar"));
        Path broken = sink("a.Broken").writeTo(root.resolve("mixed/broken.jar"));
        byte[] bytes = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(bytes, (int) (bytes.length * part)));

        Plugins plugins = scan(root);

        assertThat(classNames(plugins)).containsExactly("a.Good", "a.Neighbour");
        assertThat(plugins.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.location()).isEqualTo(broken);
            assertThat(problem.reason())
                    .startsWith("Cannot read " + broken + ": ")
                    .endsWith("Copy the file again; until then the plugins of " + root.resolve("mixed")
                            + " run without it, if they can.");
        });
    }

    @Test
    void reportsAClassThatOnlyTheServiceFileKnows() throws IOException {
        sink("a.There").names(PluginKind.SINK, "a.There", "a.Gone").writeTo(root.resolve("plugin.jar"));

        Plugins plugins = scan(root);

        assertThat(classNames(plugins)).containsExactly("a.There");
        assertThat(reasons(plugins, Severity.BROKEN))
                .containsExactly("Cannot offer sink connector a.Gone: the service file"
                        + " META-INF/services/dev.sluice.api.connector.SinkConnector of " + root.resolve("plugin.jar")
                        + " names it, but no jar there holds the class. Correct the service file or add the jar.");
    }

    @Test
    void reportsAnAliasOfAClassThatIsNoPlugin() throws IOException {
        sink("a.Sink").aliases("b.Sink = a.Snik").writeTo(root.resolve("plugin.jar"));

        assertThat(reasons(scan(root), Severity.BROKEN))
                .containsExactly("Cannot use alias b.Sink of " + root.resolve("plugin.jar")
                        + ": no service file there names its class a.Snik. Correct the alias file.");
    }

    @Test
    void notesALocationWithoutPlugins() throws IOException {
        new TestingJar().file("some.txt", "text").writeTo(root.resolve("library.jar"));
        Files.createDirectories(root.resolve("empty"));

        Plugins plugins = scan(root);

        assertThat(plugins.list()).isEmpty();
        assertThat(reasons(plugins, Severity.BROKEN)).isEmpty();
        assertThat(reasons(plugins, Severity.NOTE))
                .hasSize(2)
                .allSatisfy(reason -> assertThat(reason).startsWith("Nothing to offer in " + root));
    }

    @Test
    void reportsEntriesThatAreMissingOrNoFolder() throws IOException {
        Path missing = root.resolve("missing");
        Path text = Files.writeString(root.resolve("text"), "no folder");
        sink("a.Sink").writeTo(root.resolve("plugins/plugin.jar"));

        Plugins plugins = scan(missing, text, root.resolve("plugins"));

        assertThat(classNames(plugins)).containsExactly("a.Sink");
        assertThat(reasons(plugins, Severity.BROKEN))
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .isEqualTo("Cannot read " + missing + " of the plugin path: there is no such file or "
                                        + "folder. Correct plugin.path or create it."),
                        reason -> assertThat(reason)
                                .startsWith("Cannot read " + text + " of the plugin path: ")
                                .endsWith("Make it a folder that may be read."));
    }

    @Test
    void reportsAJarThatCannotBeRead() throws IOException {
        Files.createSymbolicLink(root.resolve("dangling.jar"), root.resolve("nowhere.jar"));
        sink("a.Sink").writeTo(root.resolve("plugin.jar"));

        Plugins plugins = scan(root);

        assertThat(classNames(plugins)).containsExactly("a.Sink");
        assertThat(reasons(plugins, Severity.BROKEN))
                .singleElement()
                .satisfies(reason -> assertThat(reason)
                        .startsWith("Cannot read " + root.resolve("dangling.jar") + ": ")
                        .endsWith("Make it readable or remove it."));
    }

    @Test
    void refusesToLookThroughAFolderThatIsNoPluginFolder() throws IOException {
        Path folder = Files.createDirectories(root.resolve("plugin"));
        for (int i = 0; i <= PluginPath.FILE_COUNT_MAX; i++) {
            Files.createFile(folder.resolve("f" + i));
        }

        assertThat(reasons(scan(root), Severity.BROKEN))
                .containsExactly("Cannot look through " + folder + ": it holds more than 20000 files. Name a folder of"
                        + " plugins in plugin.path, not one above.");
    }

    @Test
    void takesTheNewestOfSeveralVersionsOfAClass() throws IOException {
        new TestingJar().version("1.10").offers(PluginKind.SINK, "a.Sink").writeTo(root.resolve("a-new.jar"));
        new TestingJar().version("1.9").offers(PluginKind.SINK, "a.Sink").writeTo(root.resolve("b-old.jar"));

        Plugins plugins = scan(root);

        assertThat(plugins.list()).extracting(InstalledPlugin::location).containsExactly(root.resolve("a-new.jar"));
        assertThat(reasons(plugins, Severity.NOTE))
                .containsExactly("Uses a.Sink 1.10 from " + root.resolve("a-new.jar") + ", not a.Sink 1.9 from "
                        + root.resolve("b-old.jar") + ": the newer version.");
    }

    @Test
    void takesTheLaterEntryOfThePathForTheSameVersion() throws IOException {
        sink("a.Sink").writeTo(root.resolve("own/plugin.jar"));
        sink("a.Sink").writeTo(root.resolve("added/plugin.jar"));

        Plugins plugins = scan(root.resolve("own"), root.resolve("added"));

        assertThat(plugins.list())
                .extracting(InstalledPlugin::location)
                .containsExactly(root.resolve("added/plugin.jar"));
        assertThat(reasons(plugins, Severity.NOTE))
                .singleElement()
                .satisfies(reason -> assertThat(reason).endsWith(": later in the plugin path."));
    }

    @Test
    void readsAnEntryOnceThatIsNamedTwice() throws IOException {
        sink("a.Sink").writeTo(root.resolve("plugin.jar"));

        assertThat(scan(root, root.resolve("x/..")).problems()).isEmpty();
    }

    @Test
    void findsConnectorsThroughTheRegistry() throws IOException {
        sink("a.MySinkConnector").writeTo(root.resolve("plugin.jar"));
        Plugins plugins = scan(root);

        assertThat(plugins.findConnector("MySink").descriptor().kind()).isEqualTo(PluginKind.SINK);
        assertThat(plugins.find(PluginKind.SINK, "MySink").location()).isEqualTo(root.resolve("plugin.jar"));
        assertThatThrownBy(() -> plugins.findConnector("MySnik")).hasMessageContaining("Did you mean MySink?");
    }
}
