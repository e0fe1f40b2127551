package dev.sluice.plugin.standard.provider;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigProvider;
import dev.sluice.api.config.ConfigSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Looks values up in a folder that holds one file per value, as Kubernetes mounts secrets: {@code
 * ${directory:/etc/secrets:password}} is all of the text in {@code /etc/secrets/password}, line ends included.
 */
public final class DirectoryConfigProvider implements ConfigProvider {
    private static final int FILE_COUNT_MAX = 10_000;

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(AllowedPaths.KEY);

    private final Watch watch;
    private volatile AllowedPaths allowed = AllowedPaths.ALL;

    /** Called by the runtime. */
    public DirectoryConfigProvider() {
        this(Watch.INTERVAL);
    }

    DirectoryConfigProvider(Duration watchInterval) {
        watch = new Watch(this::get, watchInterval);
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        allowed = AllowedPaths.of(config);
    }

    @Override
    public ConfigData get(String path) {
        return path.isBlank() ? ConfigData.of(Map.of()) : read(folder(path), file -> true);
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        return path.isBlank()
                ? ConfigData.of(Map.of())
                : read(folder(path), file -> keys.contains(file.getFileName().toString()));
    }

    private Path folder(String path) {
        Path folder = allowed.require(path);
        if (!Files.isDirectory(folder)) {
            throw SecretFile.failed(
                    folder, "it is not a folder", "Name the folder that holds one file per value, not a file.");
        }
        return folder;
    }

    private static ConfigData read(Path folder, DirectoryStream.Filter<Path> wanted) {
        Map<String, String> values = new HashMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> wanted.accept(file) && Files.isRegularFile(file))) {
            for (Path file : files) {
                values.put(file.getFileName().toString(), SecretFile.read(file));
                if (values.size() > FILE_COUNT_MAX) {
                    throw SecretFile.failed(
                            folder,
                            "it holds more than " + FILE_COUNT_MAX + " files",
                            "Name a folder that holds nothing but settings.");
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            throw SecretFile.failed(
                    folder, "reading fails (" + e.getClass().getSimpleName() + ")", "Let the worker's user read it.");
        }
        return ConfigData.of(values);
    }

    /** Watches the files by name, so the symbolic link that Kubernetes turns to new values is noticed. */
    @Override
    public Subscription subscribe(String path, Set<String> keys, ChangeListener listener) {
        return watch.add(path, keys, listener);
    }

    @Override
    public void close() {
        watch.close();
    }
}
