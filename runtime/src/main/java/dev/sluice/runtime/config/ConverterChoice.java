package dev.sluice.runtime.config;

import java.util.Map;

/**
 * Names a converter and the settings it is configured with.
 *
 * @param className class name or alias
 * @param settings under the names the converter knows, without prefix; may hold secrets
 */
public record ConverterChoice(String className, Map<String, String> settings) {
    /** Copies the settings in. */
    public ConverterChoice {
        settings = Map.copyOf(settings);
    }

    /** Returns the class and the names of the settings, never their values. */
    @Override
    public String toString() {
        return className + settings.keySet();
    }
}
