package dev.sluice.runtime.fake;

import dev.sluice.api.plugin.PluginKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes a plugin path with the fake plugins in a folder of class files. */
public final class FakePlugins {
    private FakePlugins() {}

    /** Copies the classes of this package into a plugin folder below a folder; returns the plugin path. */
    public static List<Path> in(Path folder) {
        try {
            Path plugin = folder.resolve("plugins/fake");
            Path classes = Path.of(
                            FakePlugins.class.getResource("FakeSource.class").toURI())
                    .getParent();
            Path target = Files.createDirectories(plugin.resolve("dev/sluice/runtime/fake"));
            try (Stream<Path> files = Files.list(classes)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName().toString()));
                }
            }
            service(plugin, PluginKind.SOURCE, FakeSource.class);
            service(plugin, PluginKind.SINK, FakeSink.class);
            service(plugin, PluginKind.CONVERTER, FakeText.class, FakeText.Raw.class);
            service(plugin, PluginKind.HEADER_CONVERTER, FakeText.InHeaders.class);
            service(plugin, PluginKind.TRANSFORMATION, FakeText.Dropping.class);
            service(plugin, PluginKind.CONFIG_PROVIDER, FakeProvider.class);
            return List.of(folder.resolve("plugins"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void service(Path plugin, PluginKind kind, Class<?>... types) throws IOException {
        Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
        Files.write(
                services.resolve(kind.type().getName()),
                Stream.of(types).map(Class::getName).toList());
    }
}
