package dev.sluice.testkit.behaviour;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts one fault into good settings. */
final class SettingsFaults {
    /** A text that no type but plain text accepts: no number, word, name, address or expression. */
    private static final String NONSENSE = "[(nonsense \u2620 %";

    private SettingsFaults() {}

    static Map<String, String> without(Map<String, String> settings, ConfigKey<?> key) {
        Map<String, String> copy = new TreeMap<>(settings);
        copy.remove(key.name());
        key.aliases().forEach(copy::remove);
        return copy;
    }

    static Map<String, String> broken(Map<String, String> settings, ConfigKey<?> key) {
        Map<String, String> copy = without(settings, key);
        copy.put(key.name(), NONSENSE);
        return copy;
    }

    /** Returns the settings whose type refuses nonsense. */
    static List<ConfigKey<?>> typed(ConfigSpec spec) {
        return spec.keys().stream()
                .<ConfigKey<?>>map(key -> key)
                .filter(key -> !accepts(key))
                .toList();
    }

    private static boolean accepts(ConfigKey<?> key) {
        try {
            return key.type().parse(NONSENSE) != null;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
