package dev.sluice.plugin.standard.provider;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProvider;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks values up in the environment of the worker's process: {@code ${env:DB_PASSWORD}}. */
public final class EnvVarConfigProvider implements ConfigProvider {
    private static final ConfigKey<Pattern> ALLOWLIST = ConfigKey.regex("allowlist.pattern")
            .defaultsTo(Pattern.compile(".*"))
            .doc("Regular expression that the whole name of an environment variable must match to be readable.")
            .importance(Importance.LOW);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(ALLOWLIST);

    private final Map<String, String> environment;
    private volatile Map<String, String> allowed = Map.of();

    /** Called by the runtime. */
    public EnvVarConfigProvider() {
        this(System.getenv());
    }

    EnvVarConfigProvider(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        Pattern pattern = config.get(ALLOWLIST);
        Map<String, String> matching = new HashMap<>(environment);
        matching.keySet().removeIf(name -> !pattern.matcher(name).matches());
        allowed = Map.copyOf(matching);
    }

    @Override
    public ConfigData get(String path) {
        if (!path.isBlank()) {
            throw new ConfigException("Cannot look up a setting under '" + path
                    + "' in the environment: it has no paths. Write ${provider:NAME} with one colon.");
        }
        return ConfigData.of(allowed);
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> values = new HashMap<>(get(path).data());
        values.keySet().retainAll(keys);
        return ConfigData.of(values);
    }

    /** Accepts the subscription and never calls: the environment of a process does not change. */
    @Override
    public Subscription subscribe(String path, Set<String> keys, ChangeListener listener) {
        return () -> {};
    }
}
