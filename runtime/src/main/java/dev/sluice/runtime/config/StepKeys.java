package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import java.util.List;
import java.util.Set;

/** The settings that every transformation and every predicate of a connector has, under its alias. */
final class StepKeys {
    static final ConfigKey<String> TYPE = ConfigKey.className("type").doc("Class name or alias of the plugin.");
    static final ConfigKey<String> PREDICATE = ConfigKey.string("predicate")
            .optional()
            .doc("Alias of the predicate that decides whether the transformation applies.");
    static final ConfigKey<Boolean> NEGATE = ConfigKey.bool("negate")
            .defaultsTo(false)
            .doc("Whether the transformation applies where the predicate says no.");
    private static final String VERSION_PIN = "plugin.version";

    /** Names that are the framework's; all others under the alias are the plugin's own. */
    static final Set<String> OF_TRANSFORMATION = Set.of(TYPE.name(), PREDICATE.name(), NEGATE.name(), VERSION_PIN);

    static final Set<String> OF_PREDICATE = Set.of(TYPE.name(), VERSION_PIN);

    private StepKeys() {}

    static String transformationPrefix(String alias) {
        return "transforms." + alias + ".";
    }

    static String predicatePrefix(String alias) {
        return "predicates." + alias + ".";
    }

    static ConfigSpec transformation(String alias) {
        ConfigSpec spec = UnusedKeys.addTo(ConfigSpec.of(TYPE, PREDICATE, NEGATE), List.of(VERSION_PIN));
        return spec.openPrefix("").prefixed(transformationPrefix(alias)).inGroup("Transforms: " + alias);
    }

    static ConfigSpec predicate(String alias) {
        ConfigSpec spec = UnusedKeys.addTo(ConfigSpec.of(TYPE), List.of(VERSION_PIN));
        return spec.openPrefix("").prefixed(predicatePrefix(alias)).inGroup("Predicates: " + alias);
    }
}
