package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.connector.Connector;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.transform.Predicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginLoadingTest {
    @TempDir
    Path root;

    private Plugins plugins = Plugins.scan(List.of(), null);

    @AfterEach
    void closePlugins() {
        plugins.close();
    }

    private LoadedPlugin<Predicate> load(String name) {
        plugins.close();
        plugins = Plugins.scan(List.of(root), null);
        return plugins.instantiate(plugins.find(PluginKind.PREDICATE, name).plugin(), Predicate.class);
    }

    /** Loads a predicate whose version is the value of an expression. */
    private String valueOf(String expression) throws IOException {
        new TestingJar().predicate("probe.Probe", expression).writeTo(root.resolve("probe.jar"));
        return load("Probe").plugin().version();
    }

    @Test
    void givesEachPluginItsOwnVersionOfALibrary() throws IOException {
        for (String name : List.of("One", "Two")) {
            new TestingJar()
                    .source("library.Helper", "public class Helper { public static String NAME = \"" + name + "\"; }")
                    .writeTo(root.resolve(name + "/library.jar"));
            new TestingJar()
                    .predicate("plugin." + name, "library.Helper.NAME")
                    .writeTo(root.resolve(name + "/plugin.jar"), root.resolve(name + "/library.jar"));
        }

        assertThat(load("One").plugin().version()).isEqualTo("One");
        assertThat(load("Two").plugin().version()).isEqualTo("Two");
    }

    @Test
    void createsClassesOfALocationInOneLoaderFromAnyThread() throws IOException {
        new TestingJar().predicate("plugin.One", "null").writeTo(root.resolve("plugin.jar"));
        ClassLoader first = load("One").loader();
        InstalledPlugin one = plugins.find(PluginKind.PREDICATE, "One").plugin();

        List<ClassLoader> loaders = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> plugins.instantiate(one, Plugin.class).loader())
                .distinct()
                .toList();

        assertThat(loaders).containsExactly(first);
    }

    @Test
    void loadsFoldersOfClassFiles() throws IOException {
        new TestingJar().predicate("plugin.One", "\"from a folder\"").unpackTo(root.resolve("classes"));

        assertThat(load("One").plugin().version()).isEqualTo("from a folder");
    }

    @Test
    void offersTheManifestVersionToThePlugin() throws IOException {
        new TestingJar()
                .version("3.1.4")
                .predicate("plugin.One", "getClass().getPackage().getImplementationVersion()")
                .writeTo(root.resolve("plugin.jar"));

        assertThat(load("One").plugin().version()).isEqualTo("3.1.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.sluice.runtime.plugin.Plugins",
                "io.vertx.core.Vertx",
                "io.netty.buffer.ByteBuf",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "ch.qos.logback.classic.Logger",
                "picocli.CommandLine",
                "org.junit.jupiter.api.Test"
            })
    void hidesTheHost(String className) throws IOException, ClassNotFoundException {
        assertThat(Class.forName(className)).as("the host has it").isNotNull();
        String members = """
                static String look(String name) {
                    try {
                        return "sees " + Class.forName(name);
                    } catch (ClassNotFoundException e) {
                        return "sees nothing";
                    }
                }
                """;
        new TestingJar()
                .names(PluginKind.PREDICATE, "probe.Probe")
                .source("probe.Probe", TestingJar.predicateSource("Probe", members, "look(\"" + className + "\")"))
                .writeTo(root.resolve("probe.jar"));

        assertThat(load("Probe").plugin().version()).isEqualTo("sees nothing");
    }

    @Test
    void hidesTheResourcesOfTheHost() throws IOException {
        String service = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
        assertThat(getClass().getClassLoader().getResource(service))
                .as("the host has it")
                .isNotNull();

        assertThat(valueOf("String.valueOf(getClass().getClassLoader().getResource(\"" + service + "\"))"))
                .isEqualTo("null");
    }

    @Test
    void sharesTheApiAndSlf4jWithTheHost() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "probe.Probe")
                .source(
                        "probe.Probe",
                        TestingJar.predicateSource(
                                "Probe", "", "\"slf4j \" + org.slf4j.Logger.class.getClassLoader().hashCode()"))
                .source("org.slf4j.Logger", "public interface Logger {}")
                .source("org.slf4j.bridge.Own", "public class Own {}")
                .writeTo(root.resolve("probe.jar"));

        LoadedPlugin<Predicate> probe = load("Probe");

        assertThat(probe.plugin().version())
                .isEqualTo("slf4j " + org.slf4j.Logger.class.getClassLoader().hashCode());
        assertThat(probe.plugin()).isInstanceOf(Predicate.class);
        assertThat(probe.loader())
                .satisfies(loader -> assertThat(
                                loader.loadClass("org.slf4j.bridge.Own").getClassLoader())
                        .isSameAs(loader));
    }

    @Test
    void prefersThePluginsOwnCopyOfALibraryOfTheHost() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "probe.Probe")
                .source(
                        "probe.Probe",
                        TestingJar.predicateSource(
                                "Probe", "", "new com.fasterxml.jackson.core.JsonFactory().toString()"))
                .source(
                        "com.fasterxml.jackson.core.JsonFactory",
                        "public class JsonFactory { public String toString() { return \"the plugin's own\"; } }")
                .writeTo(root.resolve("probe.jar"));

        assertThat(load("Probe").plugin().version()).isEqualTo("the plugin's own");
    }

    @Test
    void lendsThePluginsLoaderToTheThreadAndTakesItBack() throws IOException {
        String current = "Thread.currentThread().getContextClassLoader() == One.class.getClassLoader()";
        new TestingJar()
                .names(PluginKind.PREDICATE, "plugin.One")
                .source(
                        "plugin.One",
                        TestingJar.predicateSource(
                                "One",
                                "private final boolean inside = " + current + ";",
                                "inside + \" \" + (" + current + ")"))
                .writeTo(root.resolve("plugin.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        LoadedPlugin<Predicate> loaded = load("One");

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        assertThat(loaded.plugin().version()).isEqualTo("true false");
        PluginContext context = loaded.enter();
        try (context) {
            assertThat(loaded.plugin().version()).isEqualTo("true true");
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void saysThatAConstructorFailed() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "plugin.One")
                .source(
                        "plugin.One",
                        TestingJar.predicateSource(
                                "One", "public One() { throw new IllegalStateException(\"no disk\"); }", "null"))
                .writeTo(root.resolve("plugin.jar"));

        assertFailure("its constructor failed with java.lang.IllegalStateException: no disk. "
                + "See the cause in the log of the worker.");
    }

    @Test
    void saysWhichClassIsMissing() throws IOException {
        new TestingJar()
                .predicate("plugin.One", "null")
                .source(
                        "plugin.One",
                        TestingJar.predicateSource(
                                "One", "private final Object helper = new library.Helper();", "null"))
                .source("library.Helper", "public class Helper {}")
                .without("library/Helper.class")
                .writeTo(root.resolve("plugin.jar"));

        assertFailure("class library.Helper is missing there; plugins do not see the worker's own libraries. "
                + "Add the jar that holds it to the plugin's folder.");
    }

    @Test
    void saysThatTheApiIsAnotherVersion() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "plugin.One")
                .source(
                        "plugin.One",
                        TestingJar.predicateSource(
                                "One", "private final Object later = new dev.sluice.api.later.Later();", "null"))
                .source("dev.sluice.api.later.Later", "public class Later {}")
                .writeTo(root.resolve("plugin.jar"));

        assertFailure("class dev.sluice.api.later.Later is not part of this version of the plugin API. "
                + "Install a version of the plugin that fits this worker.");
    }

    @Test
    void saysThatThereIsNoUsableConstructor() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "plugin.One")
                .source("plugin.One", TestingJar.predicateSource("One", "public One(int size) {}", "null"))
                .writeTo(root.resolve("plugin.jar"));

        assertFailure("it has no public constructor without arguments. Its author must add one.");
    }

    @Test
    void saysThatTheClassIsNotOfItsKind() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "plugin.One")
                .source("plugin.One", "public class One {}")
                .writeTo(root.resolve("plugin.jar"));

        assertFailure("it does not implement dev.sluice.api.transform.Predicate. "
                + "Its author must correct the service file that names it.");
    }

    @Test
    void saysThatTheClassIsAbstract() throws IOException {
        new TestingJar()
                .names(PluginKind.PREDICATE, "plugin.One")
                .source(
                        "plugin.One",
                        TestingJar.predicateSource("One", "", "null").replace("public class", "public abstract class"))
                .writeTo(root.resolve("plugin.jar"));

        assertFailure(
                "the class is abstract or not public. " + "Its author must name a public class in the service file.");
    }

    @Test
    void saysThatTheClassFileIsDamaged() throws IOException {
        new TestingJar().offers(PluginKind.PREDICATE, "plugin.One").writeTo(root.resolve("plugin.jar"));

        assertThatThrownBy(() -> load("One"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(
                        "its jars do not fit together or were built for another version of the plugin API")
                .hasMessageContaining("ClassFormatError");
    }

    @Test
    void saysThatThePluginNeedsANewerJava() throws IOException {
        Path folder = new TestingJar().predicate("plugin.One", "null").unpackTo(root.resolve("plugin.jar"));
        Path file = folder.resolve("plugin/One.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[6] = 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> load("One"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("it was compiled for a newer Java than "
                        + Runtime.version().feature() + " (");
    }

    private void assertFailure(String reason) {
        assertThatThrownBy(() -> load("One"))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot create predicate plugin.One of " + root.resolve("plugin.jar") + ": " + reason);
    }

    @Test
    void refusesATypeThatThePluginIsNot() throws IOException {
        new TestingJar().predicate("plugin.One", "null").writeTo(root.resolve("plugin.jar"));
        InstalledPlugin one = new InstalledPlugin(load("One").descriptor(), root.resolve("plugin.jar"));

        assertThatThrownBy(() -> plugins.instantiate(one, Connector.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("plugin.One from " + root.resolve("plugin.jar")
                        + " is not of this registry or no dev.sluice.api.connector.Connector");
    }
}
