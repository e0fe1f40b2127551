package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges the settings of Kafka's clients that connectors and workers give: wrong, without effect, or unknown. */
final class ClientRules {
    private ClientRules() {}

    /** Looks at the overrides of a connector. */
    static void checkOverrides(Config config, ConfigProblems problems) {
        for (ClientKeys client : ClientKeys.values()) {
            check(config, client, client.overridePrefix(), ConnectorKeys.CLIENT_NAMES, problems);
        }
    }

    /** Looks at the settings of a worker that begin with a client's name. */
    static void checkWorker(Config config, ConfigProblems problems) {
        for (ClientKeys client : ClientKeys.values()) {
            check(config, client, client.workerPrefix(), WorkerKeys.CLIENT_NAMES, problems);
        }
    }

    private static void check(
            Config config, ClientKeys client, String prefix, Set<String> active, ConfigProblems problems) {
        ConfigSpec spec = client.spec();
        Map<String, String> given =
                new LinkedHashMap<>(config.withPrefix(prefix).originals());
        given.keySet().removeIf(name -> active.contains(prefix + name));
        given.keySet().removeIf(name -> prefix.equals(client.workerPrefix()) && name.startsWith("override."));
        spec.openPrefix("")
                .validate(new LinkedHashMap<>(given))
                .errors()
                .forEach(error -> problems.add(prefixed(prefix, error)));
        for (String name : given.keySet()) {
            problems.add(remark(prefix, name, client, spec, active));
        }
    }

    private static ConfigProblem prefixed(String prefix, ConfigProblem problem) {
        String message = problem.message().replace("Cannot use ", "Cannot use " + prefix);
        return new ConfigProblem(problem.severity(), prefix + problem.key(), message, problem.fix());
    }

    private static ConfigProblem remark(
            String prefix, String name, ClientKeys client, ConfigSpec spec, Set<String> active) {
        String key = prefix + name;
        if (name.equals("bootstrap.servers")) {
            return ConfigProblem.error(
                    key,
                    "Cannot use " + key + ": records meant for another Kafka would go to the built-in broker instead.",
                    "Remove it to use the built-in broker.");
        }
        if (spec.key(name).isPresent() || ClientKeys.isOfFamily(name)) {
            return ConfigProblem.warning(key, "Setting " + key + " has no effect: " + client.holds(name) + ".", null);
        }
        List<String> known = new ArrayList<>(active);
        spec.keys().stream().map(ConfigKey::name).forEach(each -> known.add(prefix + each));
        String fix = NearestName.of(key, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse(null);
        return ConfigProblem.warning(key, "Setting " + key + " is not known and has no effect.", fix);
    }
}
