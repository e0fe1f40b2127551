package dev.sluice.plugin.standard.provider;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigProvider;
import dev.sluice.api.config.ConfigSpec;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Looks values up in properties files: {@code ${file:/etc/secrets/db.properties:password}}. */
public final class FileConfigProvider implements ConfigProvider {
    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(AllowedPaths.KEY);

    private final Watch watch;
    private volatile AllowedPaths allowed = AllowedPaths.ALL;

    /** Called by the runtime. */
    public FileConfigProvider() {
        this(Watch.INTERVAL);
    }

    FileConfigProvider(Duration watchInterval) {
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
        if (path.isBlank()) {
            return ConfigData.of(Map.of());
        }
        Path file = allowed.require(path);
        Map<String, String> values = new HashMap<>();
        properties(file).forEach((key, value) -> values.put(key.toString(), value.toString()));
        return ConfigData.of(values);
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        try (StringReader text = new StringReader(SecretFile.read(file))) {
            properties.load(text);
            return properties;
        } catch (IllegalArgumentException malformed) {
            throw SecretFile.failed(
                    file, "a backslash with u is not followed by four hexadecimal digits", "Correct it.");
        } catch (IOException e) {
            throw new IllegalStateException("Reading a text in memory cannot fail.", e);
        }
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> values = new HashMap<>(get(path).data());
        values.keySet().retainAll(keys);
        return ConfigData.of(values);
    }

    /** Watches the file by name, so files that are renamed over it and symbolic links that are turned are noticed. */
    @Override
    public Subscription subscribe(String path, Set<String> keys, ChangeListener listener) {
        return watch.add(path, keys, listener);
    }

    @Override
    public void close() {
        watch.close();
    }
}
