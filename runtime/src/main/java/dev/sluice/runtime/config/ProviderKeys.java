package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a worker about config providers. */
final class ProviderKeys {
    static final String PREFIX = "config.providers.";
    static final String CLASS = ".class";
    static final String PARAM = ".param.";

    static final ConfigKey<List<String>> PROVIDERS = ConfigKey.list("config.providers")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .check(Check.each(Check.matching("[\\w.-]+")))
            .doc("Aliases of the config providers, which replace variables such as ${alias:path:key} in the settings of"
                    + " this worker and of connectors. Each needs config.providers.<alias>.class; its own settings begin with"
                    + " config.providers.<alias>.param.")
            .group("Plugins")
            .importance(Importance.LOW);

    private ProviderKeys() {}

    /** Reads the providers out of settings of which everything else may still hold variables. */
    static List<ProviderChoice> parse(Map<String, String> settings) {
        Map<String, String> own = new LinkedHashMap<>(settings);
        own.keySet().removeIf(name -> !name.equals(PROVIDERS.name()) && !name.startsWith(PREFIX));
        ConfigSpec spec = ConfigSpec.of(PROVIDERS).openPrefix(PREFIX).rule(ProviderKeys::check);
        return choices(spec.parse(new LinkedHashMap<>(own)));
    }

    static List<ProviderChoice> choices(Config config) {
        List<ProviderChoice> choices = new ArrayList<>();
        for (String alias : config.get(PROVIDERS)) {
            Map<String, String> own = config.originals();
            String className = own.get(PREFIX + alias + CLASS);
            if (className == null) {
                throw new ConfigException(List.of(missingClass(alias)));
            }
            choices.add(new ProviderChoice(
                    alias,
                    className.strip(),
                    config.withPrefix(PREFIX + alias + PARAM).originals()));
        }
        return List.copyOf(choices);
    }

    /** Each alias needs a class, and each setting an alias that is listed. */
    static void check(Config config, ConfigProblems problems) {
        List<String> aliases = config.get(PROVIDERS);
        for (String alias : aliases) {
            if (config.originals().getOrDefault(PREFIX + alias + CLASS, "").isBlank()) {
                problems.add(missingClass(alias));
            }
        }
        for (String name : config.originals().keySet()) {
            if (name.startsWith(PREFIX) && aliases.stream().noneMatch(alias -> isOf(name, alias))) {
                problems.add(stray(name, aliases));
            }
        }
    }

    private static boolean isOf(String name, String alias) {
        return name.equals(PREFIX + alias + CLASS) || name.startsWith(PREFIX + alias + PARAM);
    }

    private static ConfigProblem missingClass(String alias) {
        String key = PREFIX + alias + CLASS;
        return ConfigProblem.error(
                key,
                "Cannot use config provider " + alias + ": setting " + key + " is missing.",
                "Set it to a class, such as FileConfigProvider, DirectoryConfigProvider or EnvVarConfigProvider.");
    }

    private static ConfigProblem stray(String name, List<String> aliases) {
        String rest = name.substring(PREFIX.length());
        String alias = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        String fix = aliases.contains(alias)
                ? "A provider has " + PREFIX + alias + CLASS + ", and its own settings begin with " + PREFIX + alias
                        + PARAM
                : NearestName.of(alias, aliases)
                        .map(near -> "Did you mean " + PREFIX + near + rest.substring(alias.length()) + "?")
                        .orElse("Add " + alias + " to config.providers.");
        return ConfigProblem.warning(
                name, "Setting " + name + " has no effect: no provider in config.providers has it.", fix);
    }
}
