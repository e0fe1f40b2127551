package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.transform.Predicate;
import dev.sluice.runtime.plugin.PluginProblem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge that runs plugins of an API of its own: {@code foreign.api.Filter}, listed in a file {@code filters.txt}. */
class PluginBridgeTest {
    private static final String BRIDGE = """
            import dev.sluice.api.plugin.*;
            import java.nio.file.*;
            import java.util.*;

            public class FilterBridge implements PluginBridge {
                public boolean recognises(Path location) { return Files.exists(location.resolve("filters.txt")); }

                public List<PluginDescriptor> list(Path location) throws java.io.IOException {
                    return Files.readAllLines(location.resolve("filters.txt")).stream()
                            .map(name -> new PluginDescriptor(PluginKind.PREDICATE, name, "7", Set.of("old." + name)))
                            .toList();
                }

                public Set<String> sharedPackages() { return Set.of("foreign.api."); }

                public <T> T instantiate(PluginDescriptor descriptor, Class<T> type, ClassLoader loader) {
                    try {
                        Object filter = loader.loadClass(descriptor.className()).getConstructor().newInstance();
                        return type.cast(new Bridged((foreign.api.Filter) filter));
                    } catch (ReflectiveOperationException e) {
                        throw new dev.sluice.api.error.ConnectorException("Cannot bridge: " + e, e);
                    }
                }
            }
            """;

    @TempDir
    Path root;

    private Path plugins;
    private Path index;

    @BeforeEach
    void installTheBridgeAndAForeignPlugin() throws IOException {
        plugins = root.resolve("plugins");
        index = root.resolve("index");
        Path bridge = bridge("").writeTo(plugins.resolve("bridge/bridge.jar"));
        new TestingJar().source("acme.SmallFilter", """
                        public class SmallFilter implements foreign.api.Filter {
                            public String describe() {
                                try {
                                    Class.forName("bridge.FilterBridge");
                                    return "sees the bridge";
                                } catch (ClassNotFoundException e) {
                                    return "small";
                                }
                            }
                        }
                        """).writeTo(plugins.resolve("acme/acme.jar"), bridge);
        Files.writeString(plugins.resolve("acme/filters.txt"), "acme.SmallFilter\n");
    }

    private static TestingJar bridge(String marker) {
        return new TestingJar()
                .file("marker", marker)
                .names(PluginKind.BRIDGE, "bridge.FilterBridge")
                .source("bridge.FilterBridge", BRIDGE)
                .source("foreign.api.Filter", "public interface Filter { String describe(); }")
                .source(
                        "bridge.Bridged",
                        TestingJar.predicateSource(
                                "Bridged",
                                "final foreign.api.Filter filter; Bridged(foreign.api.Filter f) { filter = f; }",
                                "filter.describe()"));
    }

    private Plugins scan() {
        return Plugins.scan(List.of(plugins), index);
    }

    @Test
    void runsForeignPluginsThatTheBridgeRecognises() {
        try (Plugins found = scan()) {
            assertThat(found.problems()).isEmpty();
            assertThat(found.list())
                    .extracting(InstalledPlugin::toString)
                    .containsExactly(
                            "acme.SmallFilter 7 from " + plugins.resolve("acme"),
                            "bridge.FilterBridge from " + plugins.resolve("bridge"));
            Resolution small = found.find(PluginKind.PREDICATE, "old.acme.SmallFilter");

            LoadedPlugin<Predicate> loaded = found.instantiate(small.plugin(), Predicate.class);

            assertThat(loaded.plugin().version()).isEqualTo("small");
            assertThat(loaded.loader().getName()).isEqualTo("plugin:" + plugins.resolve("acme"));
        }
    }

    @Test
    void remembersWhatABridgeSaidUntilTheBridgeOrThePluginChanges() throws IOException {
        scan().close();
        Files.delete(plugins.resolve("acme/filters.txt"));
        assertThat(scan().list()).as("not asked again").hasSize(2);

        bridge("another").writeTo(plugins.resolve("bridge/bridge.jar"));

        assertThat(scan().list()).as("asked again").hasSize(1);
    }

    @Test
    void asksAboutFoldersAgainOnceABridgeIsInstalled() throws IOException {
        Path away = Files.move(plugins.resolve("bridge"), root.resolve("bridge"));
        assertThat(scan().list()).isEmpty();

        Files.move(away, plugins.resolve("bridge"));

        assertThat(scan().list()).hasSize(2);
    }

    @Test
    void loadsThePluginsOfOurApiThroughNoBridge() throws IOException {
        new TestingJar().predicate("own.Own", "\"own\"").writeTo(plugins.resolve("own/own.jar"));
        Files.writeString(plugins.resolve("own/filters.txt"), "acme.SmallFilter\n");

        try (Plugins found = scan()) {
            InstalledPlugin own = found.find(PluginKind.PREDICATE, "Own").plugin();
            assertThat(found.instantiate(own, Predicate.class).plugin().version())
                    .isEqualTo("own");
        }
    }

    @Test
    void reportsWhatTheBridgeSaysAboutAPluginThatItCannotRun() throws IOException {
        Files.writeString(plugins.resolve("acme/filters.txt"), "acme.Gone\n");

        try (Plugins found = scan()) {
            InstalledPlugin gone = found.find(PluginKind.PREDICATE, "Gone").plugin();
            assertThatThrownBy(() -> found.instantiate(gone, Predicate.class))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage("Cannot bridge: java.lang.ClassNotFoundException: acme.Gone");
        }
    }

    @Test
    void goesOnWithoutABridgeThatFails() throws IOException {
        new TestingJar().predicate("own.Own", "\"own\"").writeTo(plugins.resolve("own/own.jar"));
        bridge("")
                .without("bridge/Bridged.class")
                .without("foreign/api/Filter.class")
                .source("bridge.FilterBridge", "public class FilterBridge {}")
                .writeTo(plugins.resolve("bridge/bridge.jar"));

        try (Plugins found = scan()) {
            assertThat(found.find(PluginKind.PREDICATE, "Own").location()).isEqualTo(plugins.resolve("own"));
            assertThat(found.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.severity()).isEqualTo(Severity.BROKEN);
                assertThat(problem.reason())
                        .startsWith("Cannot list the plugins of " + plugins.resolve("acme")
                                + ": bridge bridge.FilterBridge from " + plugins.resolve("bridge") + " failed with ")
                        .contains("does not implement dev.sluice.api.plugin.PluginBridge");
            });
        }
    }
}
