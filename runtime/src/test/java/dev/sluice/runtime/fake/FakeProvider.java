package dev.sluice.runtime.fake;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProvider;
import dev.sluice.api.config.ConfigSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A config provider with the values of its world; it tells of changes, or gives its values a time. */
public final class FakeProvider implements ConfigProvider {
    private static final ConfigKey<String> WORLD =
            ConfigKey.string("world").doc("The fake world.").defaultsTo("provider");
    private static final ConfigKey<Duration> TTL =
            ConfigKey.duration("ttl.ms").doc("How long values are good.").optional();

    private FakeWorld world = FakeWorld.of("provider");
    private Duration ttl = Duration.ZERO;

    /** Made by the runtime. */
    public FakeProvider() {}

    @Override
    public ConfigSpec configSpec() {
        return ConfigSpec.of(WORLD, TTL);
    }

    @Override
    public void configure(Config config) {
        world = FakeWorld.of(config.get(WORLD));
        ttl = config.find(TTL).orElse(Duration.ZERO);
        world.enter("configure", "");
    }

    @Override
    public ConfigData get(String path) {
        return get(path, world.values().keySet());
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        world.enter("get", path);
        world.calls().add("get " + path + " on " + Thread.currentThread().getName());
        return data(path, keys);
    }

    private ConfigData data(String path, Set<String> keys) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            String value = world.values().get(path + ":" + key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return ttl.isZero() ? ConfigData.of(found) : ConfigData.of(found, ttl);
    }

    @Override
    public Subscription subscribe(String path, Set<String> keys, ChangeListener listener) {
        if (!ttl.isZero()) {
            return ConfigProvider.super.subscribe(path, keys, listener);
        }
        Runnable told = () -> listener.onChange(path, data(path, keys));
        world.listeners().add(told);
        return () -> world.listeners().remove(told);
    }

    @Override
    public void close() {
        world.calls().add("close");
    }
}
