package dev.sluice.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A config provider of a worker.
 *
 * @param alias the name by which variables refer to it
 * @param className class name or alias of the provider
 * @param settings its own settings, without {@code config.providers.<alias>.param.}
 */
public record ProviderChoice(String alias, String className, Map<String, String> settings) {
    /** Copies the settings in. */
    public ProviderChoice {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Returns alias and class, never a setting. */
    @Override
    public String toString() {
        return alias + " (" + className + ")";
    }
}
