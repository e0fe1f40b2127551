package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.NearestName;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.config.ProviderChoice;
import dev.sluice.runtime.plugin.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces variables of settings by what config providers say. A variable that cannot be replaced is an error that names
 * setting, provider, path and key: nobody gets the text of the variable in place of a password. Any thread.
 */
public final class SecretResolver implements AutoCloseable {
    private final Providers providers;

    private SecretResolver(Providers providers) {
        this.providers = providers;
    }

    /**
     * Makes the providers of a worker. Blocks, at most as long as the budget.
     *
     * @param budget how long one call of a provider may take
     * @throws ConfigException naming every setting that does not fit
     */
    public static SecretResolver open(List<ProviderChoice> choices, Plugins plugins, Duration budget) {
        return new SecretResolver(Providers.open(choices, plugins, budget));
    }

    /** Where a provider is asked for several keys at once. */
    record Place(String provider, String path) {
        boolean has(Variable variable) {
            return provider.equals(variable.provider()) && path.equals(variable.path());
        }
    }

    /** What a provider said, or why it did not. */
    private record Found(
            @Nullable ConfigData data, @Nullable Throwable failure) {}

    /** Returns whether settings have a variable. */
    public static boolean hasVariables(Map<String, String> settings) {
        return settings.values().stream().anyMatch(VariableText::hasVariable);
    }

    /**
     * Replaces all variables; returns at once.
     *
     * @return the settings; fails with a {@link ConfigException} with every problem at once, or with a {@link
     *     ProviderUnavailableException} if nothing is wrong but a provider cannot answer now
     */
    public CompletableFuture<Resolved> resolve(Map<String, String> settings) {
        if (!hasVariables(settings)) {
            return CompletableFuture.completedFuture(Resolved.plain(settings));
        }
        Map<Place, Set<String>> wanted = places(variables(settings));
        Map<Place, CompletableFuture<Found>> asked = new LinkedHashMap<>();
        wanted.forEach((place, keys) -> asked.put(
                place,
                providers.get(place.provider, place.path, Set.copyOf(keys)).handle(Found::new)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<Place, Found> found = new LinkedHashMap<>();
                    asked.forEach((place, answer) -> found.put(place, answer.join()));
                    return resolved(settings, found);
                });
    }

    /** Returns where variables are to be looked up, as far as there is a provider, with the keys of each place. */
    Map<Place, Set<String>> places(Set<Variable> variables) {
        Map<Place, Set<String>> places = new LinkedHashMap<>();
        for (Variable variable : variables) {
            if (providers.aliases().contains(variable.provider())) {
                places.computeIfAbsent(new Place(variable.provider(), variable.path()), place -> new LinkedHashSet<>())
                        .add(variable.key());
            }
        }
        return places;
    }

    /** Returns the variables of settings, each once. */
    static Set<Variable> variables(Map<String, String> settings) {
        Set<Variable> variables = new LinkedHashSet<>();
        settings.values()
                .forEach(text -> variables.addAll(VariableText.parse(text).variables()));
        return variables;
    }

    private Resolved resolved(Map<String, String> settings, Map<Place, Found> found) {
        Map<Variable, String> values = new LinkedHashMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        List<ConfigProblem> passing = new ArrayList<>();
        settings.forEach((name, text) -> {
            for (Variable variable : VariableText.parse(text).variables()) {
                Found answer = found.get(new Place(variable.provider(), variable.path()));
                String value = answer == null || answer.data == null
                        ? null
                        : answer.data.data().get(variable.key());
                if (value != null) {
                    values.put(variable, value);
                } else if (answer != null && answer.failure != null && isPassing(answer.failure)) {
                    passing.add(failed(name, variable, answer.failure));
                } else {
                    problems.add(problem(name, variable, answer));
                }
            }
        });
        if (!problems.isEmpty()) {
            problems.addAll(passing);
            throw new ConfigException(problems);
        }
        if (!passing.isEmpty()) {
            throw new ProviderUnavailableException(passing);
        }
        return Resolved.of(settings, values, ttl(found));
    }

    private static boolean isPassing(Throwable failure) {
        return !(failure instanceof ConfigException);
    }

    private ConfigProblem problem(String name, Variable variable, @Nullable Found answer) {
        if (answer == null) {
            return unknownProvider(name, variable);
        }
        return answer.failure != null ? failed(name, variable, answer.failure) : missingKey(name, variable);
    }

    private ConfigProblem unknownProvider(String name, Variable variable) {
        Set<String> known = providers.aliases();
        String fix = NearestName.of(variable.provider(), known)
                .map(near -> "Did you mean " + new Variable(near, variable.path(), variable.key()) + "?")
                .orElse("Add " + variable.provider() + " to config.providers in the worker's settings, with its class"
                        + (known.isEmpty()
                                ? "."
                                : ", or use one of " + known.stream().sorted().collect(Collectors.joining(", "))
                                        + "."));
        return ConfigProblem.error(
                name,
                "Cannot resolve setting " + name + ": the worker has no config provider " + variable.provider()
                        + ", which " + variable + " names.",
                fix);
    }

    private static ConfigProblem missingKey(String name, Variable variable) {
        String place = variable.path().isEmpty() ? "" : " under the path " + variable.path();
        return ConfigProblem.error(
                name,
                "Cannot resolve setting " + name + ": config provider " + variable.provider() + " has no key "
                        + variable.key() + place + ".",
                "Add the key there, or correct " + variable + ".");
    }

    private static ConfigProblem failed(String name, Variable variable, Throwable failure) {
        String reason = failure instanceof ConnectorException known && known.getMessage() != null
                ? known.getMessage()
                : failure.toString();
        String place = variable.path().isEmpty() ? "" : " for the path " + variable.path();
        return ConfigProblem.error(
                name,
                "Cannot resolve setting " + name + ": config provider " + variable.provider() + " failed" + place
                        + ", key " + variable.key() + ": " + (reason.endsWith(".") ? reason : reason + "."),
                null);
    }

    private static @Nullable Duration ttl(Map<Place, Found> found) {
        return found.values().stream()
                .flatMap(answer -> answer.data == null ? null : answer.data.ttl().stream())
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** Returns the providers, to be told of changes. */
    Providers providers() {
        return providers;
    }

    /** Closes the providers. */
    @Override
    public void close() {
        providers.close();
    }
}
