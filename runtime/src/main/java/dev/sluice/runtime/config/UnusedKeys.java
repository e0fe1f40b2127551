package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigRule;
import dev.sluice.api.config.ConfigSpec;
import java.util.List;

/** Settings of Kafka Connect that this version reads without acting on them; giving one is a warning. */
final class UnusedKeys {
    static final String WORDS = "is known to Kafka Connect, not used by this version.";

    private UnusedKeys() {}

    /** Adds the names, so that they are known and are proposed for mistyped ones, and the warning for each given. */
    static ConfigSpec addTo(ConfigSpec spec, List<String> names) {
        ConfigKey<?>[] keys = names.stream().map(UnusedKeys::key).toArray(ConfigKey<?>[]::new);
        return spec.plus(keys).rule((config, problems) -> {
            for (ConfigKey<?> key : keys) {
                if (config.isSet(key)) {
                    problems.add(warning(key.name()));
                }
            }
        });
    }

    /** Warns of each of these settings that is given. */
    static ConfigRule warnOf(List<ConfigKey<?>> keys) {
        return (config, problems) ->
                keys.stream().filter(config::isSet).forEach(key -> problems.add(warning(key.name())));
    }

    private static ConfigKey<String> key(String name) {
        return ConfigKey.string(name).optional().internal().doc("Known to Kafka Connect, not used by this version.");
    }

    /** Accepts every name with one of the prefixes, and warns of each given that is no key of its own. */
    static ConfigSpec addPrefixesTo(ConfigSpec spec, List<String> prefixes) {
        ConfigSpec result = spec;
        for (String prefix : prefixes) {
            result = result.openPrefix(prefix);
        }
        return result.rule((config, problems) -> config.originals().keySet().stream()
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .filter(name -> spec.key(name).isEmpty())
                .forEach(name -> problems.add(warning(name))));
    }

    static ConfigProblem warning(String name) {
        return ConfigProblem.warning(name, "Setting " + name + " " + WORDS, null);
    }
}
