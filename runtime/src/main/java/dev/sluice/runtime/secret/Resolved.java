package dev.sluice.runtime.secret;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings with their variables replaced, and the way back. Holds secrets: keep it in memory, and out of logs. Immutable.
 */
public final class Resolved {
    private final Map<String, String> given;
    private final Map<String, String> values;
    private final Map<Variable, String> variables;
    private final @Nullable Duration ttl;
    private final Substitution backwards;

    private Resolved(
            Map<String, String> given,
            Map<String, String> values,
            Map<Variable, String> variables,
            @Nullable Duration ttl) {
        this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.variables = Map.copyOf(variables);
        this.ttl = ttl;
        this.backwards = backwards(this.variables);
    }

    /** Returns settings that have no variables. */
    public static Resolved plain(Map<String, String> settings) {
        return new Resolved(settings, settings, Map.of(), null);
    }

    /** Replaces all variables, of which each must have a value. */
    static Resolved of(Map<String, String> given, Map<Variable, String> variables, @Nullable Duration ttl) {
        Map<String, String> values = new LinkedHashMap<>();
        given.forEach((name, text) -> values.put(name, VariableText.parse(text).replace(variables::get)));
        return new Resolved(given, values, variables, ttl);
    }

    private static Substitution backwards(Map<Variable, String> variables) {
        Map<String, String> texts = new HashMap<>();
        variables.forEach((variable, value) -> {
            if (SecretText.isTelling(value)) {
                // Two variables with one value: the first by name, so that the same text comes out each time.
                texts.merge(value, variable.text(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        });
        return Substitution.of(texts);
    }

    /** Returns the settings as they were given. */
    public Map<String, String> given() {
        return given;
    }

    /** Returns the settings with their variables replaced. */
    public Map<String, String> values() {
        return values;
    }

    /** Returns how long the values are good; empty if they stay good. */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttl);
    }

    /** Returns the variables with their values. */
    Map<Variable, String> variables() {
        return variables;
    }

    /** Returns the values of variables that are worth hiding. */
    public Set<String> secrets() {
        Set<String> secrets = new TreeSet<>(variables.values());
        secrets.removeIf(value -> !SecretText.isTelling(value));
        return secrets;
    }

    /**
     * Puts variables back into settings that were made of the resolved ones, such as a task's: where a setting still has
     * its value, and wherever a value stands inside another. What a plugin encoded beyond recognition stays.
     */
    public Map<String, String> restore(Map<String, String> derived) {
        if (variables.isEmpty()) {
            return derived;
        }
        Map<String, String> restored = new LinkedHashMap<>();
        derived.forEach((name, value) -> {
            String original = given.get(name);
            boolean isSame = original != null && value.equals(values.get(name));
            restored.put(name, isSame ? original : backwards.apply(value));
        });
        return restored;
    }

    /** Replaces the variables of these settings in restored ones; other texts of the same form are left alone. */
    public Map<String, String> resolve(Map<String, String> restored) {
        if (variables.isEmpty()) {
            return restored;
        }
        Map<String, String> resolved = new LinkedHashMap<>();
        restored.forEach(
                (name, text) -> resolved.put(name, VariableText.parse(text).replace(variables::get)));
        return resolved;
    }

    /** Returns the names of the settings and the variables, never a value. */
    @Override
    public String toString() {
        return "Resolved" + given.keySet() + " by " + variables.keySet();
    }
}
