package dev.sluice.api.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds values that a {@link ConfigProvider} looked up, and how long they are good. Immutable. */
public final class ConfigData {

    private final Map<String, String> data;
    private final @Nullable Duration ttl;

    private ConfigData(Map<String, String> data, @Nullable Duration ttl) {
        this.data = Map.copyOf(data);
        this.ttl = ttl;
    }

    /** Holds values that stay good. */
    public static ConfigData of(Map<String, String> data) {
        return new ConfigData(data, null);
    }

    /**
     * Holds values that must be looked up again after some time.
     *
     * @param ttl how long the values are good, counted from the look-up; positive
     */
    public static ConfigData of(Map<String, String> data, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("Cannot keep values for " + ttl + ": the time must be positive.");
        }
        return new ConfigData(data, ttl);
    }

    /**
     * Returns the values.
     *
     * @return unmodifiable; a key that was not found is not in it
     */
    public Map<String, String> data() {
        return data;
    }

    /**
     * Returns how long the values are good.
     *
     * @return empty if they stay good
     */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttl);
    }

    /** Returns the keys, never the values. */
    @Override
    public String toString() {
        return "ConfigData" + data.keySet() + (ttl == null ? "" : " good for " + ttl);
    }
}
