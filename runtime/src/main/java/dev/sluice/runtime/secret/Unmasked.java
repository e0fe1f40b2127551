package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigProblem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings with what was stored in place of the masks that they held.
 *
 * @param config the settings; null values are those that were given as null
 * @param problems masks for which nothing is stored; empty if the settings can be used
 */
public record Unmasked(Map<String, @Nullable String> config, List<ConfigProblem> problems) {
    /** Copies the collections in. */
    public Unmasked {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        problems = List.copyOf(problems);
    }

    /** Returns the settings that are not null. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        config.forEach((name, text) -> {
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    /** Returns the names of the settings, never a value. */
    @Override
    public String toString() {
        return "Unmasked" + config.keySet() + " " + problems;
    }
}
