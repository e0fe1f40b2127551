package dev.sluice.api.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what validation found out about one setting.
 *
 * @param name the name of the setting
 * @param value the text that was given, else that of the default; null without either; hidden for a secret
 * @param recommendedValues texts to propose, may be empty
 * @param problems what is wrong or remarkable, errors and warnings, may be empty
 * @param visible whether a form shows the setting
 */
public record ConfigValue(
        String name,
        @Nullable String value,
        List<String> recommendedValues,
        List<ConfigProblem> problems,
        boolean visible) {

    /** Copies the lists. */
    public ConfigValue {
        Objects.requireNonNull(name, "name");
        recommendedValues = List.copyOf(recommendedValues);
        problems = List.copyOf(problems);
    }

    /**
     * Returns the errors as texts, as REST shows them.
     *
     * @return unmodifiable, may be empty
     */
    public List<String> errors() {
        return problems.stream()
                .filter(ConfigProblem::isError)
                .map(ConfigProblem::text)
                .toList();
    }
}
