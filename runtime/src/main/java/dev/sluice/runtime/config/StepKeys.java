package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.runtime.plugin.VersionRange;
import java.util.Set;

/** The settings that every transformation and every predicate of a connector has, under its alias. */
final class StepKeys {
    private static final String VERSION_PIN = "plugin.version";

    static final ConfigKey<String> TYPE = ConfigKey.className("type")
            .doc("Class name or alias of the plugin.")
            .importance(Importance.HIGH)
            .width(Width.LONG);
    static final ConfigKey<String> VERSION = ConfigKey.string(VERSION_PIN)
            .optional()
            .check(VersionRange.CHECK)
            .doc("Version of the plugin that must be installed: latest, one version, or a range such as [1.0,2.0).")
            .importance(Importance.HIGH)
            .width(Width.LONG);
    static final ConfigKey<Boolean> NEGATE = ConfigKey.bool("negate")
            .defaultsTo(false)
            .doc("Whether the transformation applies where the predicate says no.");
    static final ConfigKey<String> PREDICATE = ConfigKey.string("predicate")
            .optional()
            .doc("Alias of the predicate that decides whether the transformation applies.");

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
        ConfigSpec spec = ConfigSpec.of(
                TYPE.displayName("Transformation type for " + alias),
                VERSION.displayName("Transformation version for " + alias),
                NEGATE,
                PREDICATE);
        return spec.openPrefix("").prefixed(transformationPrefix(alias)).inGroup("Transforms: " + alias);
    }

    static ConfigSpec predicate(String alias) {
        ConfigSpec spec = ConfigSpec.of(
                TYPE.displayName("Predicate type for " + alias), VERSION.displayName("Predicate version for " + alias));
        return spec.openPrefix("").prefixed(predicatePrefix(alias)).inGroup("Predicates: " + alias);
    }
}
